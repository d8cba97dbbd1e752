using StudyResults;

namespace RequestClient.Load;

/// <summary>What one loop counts during one phase. Only its thread writes; others may read the counters meanwhile.</summary>
internal sealed class Measures(int steps)
{
    /// <summary>Operations of which every reply was right.</summary>
    public long Operations;

    /// <summary>
    /// Those of which every reply was the first of its step's alternatives, what the operation is for; with those whose value
    /// came twice.
    /// </summary>
    public long Counted;

    /// <summary>Requests whose sending began.</summary>
    public long Requests;

    /// <summary>Requests sent a second time, because the server had closed the connection under the first.</summary>
    public long Resent;

    /// <summary>Body bytes of right operations, both ways.</summary>
    public long Bytes;

    /// <summary>When the last operation ended, right or wrong.</summary>
    public long LastEndNanoseconds;

    /// <summary>Latency by step.</summary>
    public LatencyHistogram[] Steps { get; } = [.. Enumerable.Range(0, steps).Select(_ => new LatencyHistogram())];

    /// <summary>Null in a closed loop.</summary>
    public OpenLoopMeasures? OpenLoop { get; init; }

    public ErrorTally Errors { get; } = new();

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How the thread spent the phase; null while it is under way.</summary>
    public ThreadShare? Thread { get; set; }

    /// <summary>Counts what another loop of the same phase counted.</summary>
    public void Add(Measures other)
    {
        Operations += other.Operations;
        Counted += other.Counted;
        Requests += other.Requests;
        Resent += other.Resent;
        Bytes += other.Bytes;
        LastEndNanoseconds = Math.Max(LastEndNanoseconds, other.LastEndNanoseconds);
        for (var step = 0; step < Steps.Length; step++) Steps[step].Add(other.Steps[step]);
        if (other.OpenLoop is { } open) OpenLoop!.Add(open);
        Errors.Add(other.Errors);
    }
}
