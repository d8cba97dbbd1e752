namespace StudyResults;

/// <summary>The load that ran before the window, at full speed and on ids of its own.</summary>
public sealed record WarmupRecord
{
    private const double LeastJudgedSeconds = 2;

    /// <summary>How long it was allowed to last.</summary>
    public required double LimitSeconds { get; init; }

    /// <summary>How long it lasted.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Operations done in it.</summary>
    public required long Operations { get; init; }

    /// <summary>Whether throughput had settled when it ended; false when the limit ended it.</summary>
    public required bool Settled { get; init; }

    /// <summary>Whether it went on long enough (two seconds) to see the rate drift, and it did.</summary>
    public bool HasDrifted() => !Settled && ElapsedSeconds >= LeastJudgedSeconds;

    /// <summary>Operations per second in each quarter of a second, by which that was judged.</summary>
    public IReadOnlyList<double>? RatesPerSecond { get; init; }

    /// <summary>Operations of the warm-up that failed, by kind; null or empty when none did.</summary>
    public IReadOnlyDictionary<string, long>? Errors { get; init; }
}
