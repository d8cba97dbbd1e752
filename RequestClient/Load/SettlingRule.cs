namespace RequestClient.Load;

/// <summary>
/// When a warm-up is over: the mean rate of the last second is within 5 % of that of the second before it. This asks
/// whether the rate still drifts and lets it be noisy: on a shared machine bins of 250 ms scatter by 10 % for ever, and
/// a rule that wants them to agree either never ends or ends on four that agree by chance (docs/measuring.md).
/// </summary>
internal static class SettlingRule
{
    public static readonly TimeSpan BinLength = TimeSpan.FromMilliseconds(250);
    public const double MaxDrift = 0.05;

    /// <summary>Bins on each side of the comparison.</summary>
    public const int Bins = 4;

    /// <summary>Judges the rates of all bins so far, in their order.</summary>
    public static bool IsSettled(IReadOnlyList<double> ratesPerSecond)
    {
        if (ratesPerSecond.Count < 2 * Bins) return false;
        var before = ratesPerSecond.TakeLast(2 * Bins).Take(Bins).Average();
        var last = ratesPerSecond.TakeLast(Bins).Average();
        return last > 0 && Math.Abs(last - before) <= before * MaxDrift;
    }
}
