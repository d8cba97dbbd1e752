namespace RequestClient.Load;

/// <summary>
/// When a warm-up is over: throughput of the last bins lies within a spread. Four bins, because fewer agree by chance
/// too often and more rarely agree on a shared machine.
/// </summary>
internal sealed class SettlingRule
{
    public static readonly TimeSpan BinLength = TimeSpan.FromMilliseconds(250);
    public const double MaxSpread = 0.05;
    public const int Bins = 4;

    private readonly Queue<double> _ratesPerSecond = new();

    public bool IsSettled { get; private set; }

    /// <summary>Takes the rate of one more bin.</summary>
    public void Add(double ratePerSecond)
    {
        _ratesPerSecond.Enqueue(ratePerSecond);
        if (_ratesPerSecond.Count > Bins) _ratesPerSecond.Dequeue();
        var highest = _ratesPerSecond.Max();
        IsSettled = _ratesPerSecond.Count == Bins && highest > 0 && (highest - _ratesPerSecond.Min()) / highest <= MaxSpread;
    }
}
