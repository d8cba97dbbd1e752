namespace RequestClient.Load;

/// <summary>Operations that are due at moments of their own: those of a file, or random ones.</summary>
/// <param name="dueNanoseconds">By operation, ascending.</param>
internal sealed class MomentsPacer(long[] dueNanoseconds) : IPacer
{
    /// <summary>The mean: of a single moment, all in one second.</summary>
    public double RatePerSecond { get; private init; } =
        dueNanoseconds.Length / (dueNanoseconds[^1] > 0 ? dueNanoseconds[^1] / 1e9 : 1);

    public bool AreRandom { get; private init; }

    /// <summary>
    /// As many operations as the rate makes of a time, each at a moment of its own: what users do who don't know of each other (a
    /// Poisson process of which the number of arrivals is given).
    /// </summary>
    public static MomentsPacer AtRandom(double ratePerSecond, TimeSpan length)
    {
        var moments = new long[Math.Max(1, (int)Math.Round(ratePerSecond * length.TotalSeconds))];
        for (var index = 0; index < moments.Length; index++)
            moments[index] = (long)(Random.Shared.NextDouble() * length.TotalNanoseconds);
        Array.Sort(moments);
        return new MomentsPacer(moments) { RatePerSecond = ratePerSecond, AreRandom = true };
    }

    /// <summary>Of one beyond the last: the last's. A loop of another thread may take that between a look and the next.</summary>
    public long DueNanoseconds(long operation) => dueNanoseconds[Math.Min(operation, dueNanoseconds.Length - 1)];

    public long DueBefore(TimeSpan elapsed)
    {
        var (from, to) = (0, dueNanoseconds.Length);
        var end = (long)elapsed.TotalNanoseconds;
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (dueNanoseconds[middle] < end) from = middle + 1;
            else to = middle;
        }

        return from;
    }
}
