namespace StudyResults;

/// <summary>A run at a rate of its own: operations were due at fixed moments, whatever the server did.</summary>
public sealed record OpenLoopRecord
{
    /// <summary>Operations that were due each second.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>
    /// "random" when they were due at random moments, as from users who do not know of each other; null: evenly spaced.
    /// </summary>
    public string? Arrivals { get; init; }

    /// <summary>
    /// By step: the time from when the operation was due until that step's reply was checked. Waiting for a connection
    /// counts, so a stall of the server is felt by every operation that was due in it.
    /// </summary>
    public required IReadOnlyDictionary<string, LatencyRecord> FromDue { get; init; }

    /// <summary>Operations that were due while every connection was busy.</summary>
    public required long Waited { get; init; }

    /// <summary>Operations that the client began more than 1 ms late although a connection was free.</summary>
    public required long LateStarts { get; init; }

    /// <summary>The longest such delay.</summary>
    public required double MaxLagMicroseconds { get; init; }

    /// <summary>Whether more than 1 % began late: the client could not keep its own schedule, and the run shows that.</summary>
    public required bool FellBehind { get; init; }
}
