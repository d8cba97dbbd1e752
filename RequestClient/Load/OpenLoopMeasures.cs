using StudyResults;

namespace RequestClient.Load;

/// <summary>What only an open loop can tell: how late things were against the schedule, and whose fault that was.</summary>
internal sealed class OpenLoopMeasures(int steps)
{
    /// <summary>A start that is later than this, while a connection was free, is the generator's own delay.</summary>
    private const long LateNanoseconds = 1_000_000;

    /// <summary>A schedule is not kept when more than this share of the starts were late.</summary>
    private const double MaxLateShare = 0.01;

    /// <summary>For each step, the time from when its operation was due until its reply was checked.</summary>
    public LatencyHistogram[] FromDue { get; } = [.. Enumerable.Range(0, steps).Select(_ => new LatencyHistogram())];

    /// <summary>How much later than due operations began although a connection was free.</summary>
    public LatencyHistogram Lag { get; } = new();

    public long LateStarts { get; private set; }

    /// <summary>Operations that were due while every connection was busy.</summary>
    public long Waited { get; private set; }

    /// <summary>Whether the generator began more than 1 % late although it had free connections.</summary>
    public bool IsLate => LateStarts > Lag.Count * MaxLateShare;

    /// <summary>Whether more than 1 % began late, or waited for a connection.</summary>
    public bool IsBehind => LateStarts + Waited > Lag.Count * MaxLateShare;

    /// <summary>Counts a start; since when a connection was free tells the generator's delay from the server's.</summary>
    public void CountStart(long dueNanoseconds, long freeSinceNanoseconds, long nowNanoseconds)
    {
        if (freeSinceNanoseconds > dueNanoseconds) Waited++;
        var lag = nowNanoseconds - Math.Max(dueNanoseconds, freeSinceNanoseconds);
        Lag.Record(lag);
        if (lag > LateNanoseconds) LateStarts++;
    }

    public void Add(OpenLoopMeasures other)
    {
        for (var step = 0; step < FromDue.Length; step++) FromDue[step].Add(other.FromDue[step]);
        Lag.Add(other.Lag);
        LateStarts += other.LateStarts;
        Waited += other.Waited;
    }
}
