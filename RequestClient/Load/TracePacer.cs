namespace RequestClient.Load;

/// <summary>Operations that are due when a file says so.</summary>
/// <param name="dueNanoseconds">By operation, ascending.</param>
internal sealed class TracePacer(long[] dueNanoseconds) : IPacer
{
    /// <summary>The mean: of a single moment, all in one second.</summary>
    public double RatePerSecond => dueNanoseconds.Length / (dueNanoseconds[^1] > 0 ? dueNanoseconds[^1] / 1e9 : 1);

    public long DueNanoseconds(long operation) => dueNanoseconds[operation];

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
