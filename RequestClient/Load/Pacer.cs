namespace RequestClient.Load;

/// <summary>
/// Operations that are due evenly spaced. A pure function of the rate, so that a stall can't move it.
/// </summary>
internal sealed record Pacer(double RatePerSecond) : IPacer
{
    public long DueNanoseconds(long operation) => (long)(operation * (1e9 / RatePerSecond));

    public long DueBefore(TimeSpan elapsed) => (long)Math.Ceiling(elapsed.TotalSeconds * RatePerSecond);
}
