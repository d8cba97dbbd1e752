namespace StudyResults;

/// <summary>What CPU caps held back inside the window; null for a component without a cap.</summary>
public sealed record ThrottledRecord
{
    /// <summary>Each worker of the pool by its index, idle ones too.</summary>
    public IReadOnlyList<ThrottlingRecord>? Workers { get; init; }

    public ThrottlingRecord? Proxy { get; init; }

    public ThrottlingRecord? Store { get; init; }
}
