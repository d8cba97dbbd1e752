namespace StudyResults;

/// <summary>User plus system CPU seconds by component.</summary>
public sealed record CpuSecondsRecord
{
    /// <summary>The load client itself; null when nobody could tell.</summary>
    public double? Client { get; init; }

    /// <summary>The proxy; null when there is none or nobody could tell.</summary>
    public double? Proxy { get; init; }

    /// <summary>
    /// Each worker of the pool by its index, idle ones too, its whole process tree; null when nobody could tell.
    /// </summary>
    public IReadOnlyList<double>? Workers { get; init; }

    /// <summary>The store, its whole process tree; null when there is none or nobody could tell.</summary>
    public double? Store { get; init; }

    /// <summary>Of all that were measured.</summary>
    public double Sum() => (Client ?? 0) + (Proxy ?? 0) + (Workers?.Sum() ?? 0) + (Store ?? 0);
}
