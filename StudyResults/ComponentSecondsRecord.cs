namespace StudyResults;

/// <summary>Seconds by component; null where nobody could tell, or there is no such component.</summary>
public sealed record ComponentSecondsRecord
{
    /// <summary>The load client itself.</summary>
    public double? Client { get; init; }

    public double? Proxy { get; init; }

    /// <summary>Each worker of the pool by its index, idle ones too.</summary>
    public IReadOnlyList<double>? Workers { get; init; }

    public double? Store { get; init; }
}
