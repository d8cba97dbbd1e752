namespace BlobsServer.Observation;

/// <summary>Durations in buckets with fixed upper bounds; what is longer than the last is only in the total.</summary>
internal sealed class DurationHistogram(double[] upperBoundsSeconds)
{
    private readonly long[] _counts = new long[upperBoundsSeconds.Length + 1];
    private long _ticks;

    public double SumSeconds => TimeSpan.FromTicks(Volatile.Read(ref _ticks)).TotalSeconds;

    public void Add(TimeSpan duration)
    {
        var seconds = duration.TotalSeconds;
        var bucket = 0;
        while (bucket < upperBoundsSeconds.Length && seconds > upperBoundsSeconds[bucket]) bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _ticks, duration.Ticks);
    }

    /// <summary>For each bound how many were at most so long, and last how many there were.</summary>
    public long[] Cumulative()
    {
        var cumulative = new long[_counts.Length];
        var sum = 0L;
        for (var bucket = 0; bucket < _counts.Length; bucket++) cumulative[bucket] = sum += Volatile.Read(ref _counts[bucket]);
        return cumulative;
    }
}
