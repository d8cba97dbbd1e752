namespace RequestClient.Load;

/// <summary>
/// When operations are due in an open loop: evenly spaced or at random moments, whatever the server does. Nothing that happens
/// in the run can move it.
/// </summary>
internal readonly record struct Pacer(double RatePerSecond)
{
    /// <summary>When each operation is due, in their order; null: evenly spaced.</summary>
    public long[]? Moments { get; private init; }

    /// <summary>
    /// As many operations as the rate makes of a time, each at a moment of its own: what users do who don't know of each other (a
    /// Poisson process of which the number of arrivals is given).
    /// </summary>
    public static Pacer AtRandom(double ratePerSecond, TimeSpan length)
    {
        var moments = new long[Math.Max(1, (int)Math.Round(ratePerSecond * length.TotalSeconds))];
        for (var index = 0; index < moments.Length; index++) moments[index] = (long)(Random.Shared.NextDouble() * length.TotalNanoseconds);
        Array.Sort(moments);
        return new Pacer(ratePerSecond) { Moments = moments };
    }

    /// <summary>When operation number <paramref name="operation"/>, from 0, is due after the beginning.</summary>
    public long DueNanoseconds(long operation) =>
        Moments is null ? (long)(operation * (1e9 / RatePerSecond)) : Moments[Math.Min(operation, Moments.Length - 1)];

    /// <summary>How many operations are due before the given time after the beginning.</summary>
    public long DueBefore(TimeSpan elapsed) =>
        Moments is null ? (long)Math.Ceiling(elapsed.TotalSeconds * RatePerSecond) : Moments.LongCount(due => due < elapsed.TotalNanoseconds);
}
