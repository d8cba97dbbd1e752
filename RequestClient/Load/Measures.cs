using StudyResults;

namespace RequestClient.Load;

/// <summary>What is counted during one phase. Only the loop's thread writes; others may read the counters meanwhile.</summary>
internal sealed class Measures(int steps)
{
    /// <summary>Operations of which every reply was right.</summary>
    public long Operations;

    /// <summary>Requests whose sending began.</summary>
    public long Requests;

    /// <summary>Requests sent a second time, because the server had closed the connection under the first.</summary>
    public long Resent;

    /// <summary>Body bytes of right operations, both ways.</summary>
    public long Bytes;

    /// <summary>Latency by step.</summary>
    public LatencyHistogram[] Steps { get; } = [.. Enumerable.Range(0, steps).Select(_ => new LatencyHistogram())];

    /// <summary>Null in a closed loop.</summary>
    public OpenLoopMeasures? OpenLoop { get; init; }

    public ErrorTally Errors { get; } = new();

    public DateTimeOffset StartedAt { get; init; }

    public TimeSpan Elapsed { get; set; }

    /// <summary>What the loop's thread used; null where the kernel does not tell.</summary>
    public ThreadTime? ThreadTime { get; set; }

    /// <summary>How often the phase's amount was begun.</summary>
    public int Repeats { get; set; } = 1;

    /// <summary>Operations per second in each bin of a warm-up.</summary>
    public List<double> RatesPerSecond { get; } = [];

    /// <summary>Whether throughput had settled; only a warm-up can.</summary>
    public bool Settled { get; set; }

    /// <summary>Why the phase ended early; null when it did not.</summary>
    public string? GaveUp { get; set; }
}
