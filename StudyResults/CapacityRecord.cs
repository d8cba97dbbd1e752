namespace StudyResults;

/// <summary>
/// The highest rate at which a run kept its objective, found by trials at several rates; the run's other fields are those of the
/// trial at the highest rate that kept it.
/// </summary>
public sealed record CapacityRecord
{
    /// <summary>What was kept, as <see cref="StudyResults.Objective"/> writes it: p99=20ms, of the time from due.</summary>
    public required string Objective { get; init; }

    /// <summary>The rate at which the percentile reaches its bound, between two rates that were tried.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Whether the client, and not the server, broke the rates above: the server may keep more.</summary>
    public required bool ByClient { get; init; }

    /// <summary>In the order in which they were made.</summary>
    public required IReadOnlyList<CapacityTrialRecord> Trials { get; init; }
}

/// <summary>One rate that was tried.</summary>
public sealed record CapacityTrialRecord
{
    public required double RatePerSecond { get; init; }

    /// <summary>Operations of which every reply was right.</summary>
    public required long Operations { get; init; }

    /// <summary>The objective's percentile, in the time from due.</summary>
    public required double PercentileMicroseconds { get; init; }

    /// <summary>Why the rate was not kept, in a few words; null when it was.</summary>
    public string? Broken { get; init; }
}
