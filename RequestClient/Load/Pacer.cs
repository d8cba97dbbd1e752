namespace RequestClient.Load;

/// <summary>
/// When operations are due in an open loop: evenly spaced, whatever the server does. A pure function of the rate, so
/// that a stall can't move it.
/// </summary>
internal readonly record struct Pacer(double RatePerSecond)
{
    /// <summary>When operation number <paramref name="operation"/>, from 0, is due after the beginning.</summary>
    public long DueNanoseconds(long operation) => (long)(operation * (1e9 / RatePerSecond));

    /// <summary>How many operations are due before the given time after the beginning.</summary>
    public long DueBefore(TimeSpan elapsed) => (long)Math.Ceiling(elapsed.TotalSeconds * RatePerSecond);
}
