namespace RequestClient.Load;

/// <summary>
/// When a warm-up is over: the standard deviation of the last bins' throughput is a small share of their mean. A server
/// that still compiles rises by more than that from bin to bin. Four bins, because fewer agree by chance too often.
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
        var mean = _ratesPerSecond.Average();
        var deviation = Math.Sqrt(_ratesPerSecond.Sum(rate => (rate - mean) * (rate - mean)) / Math.Max(1, _ratesPerSecond.Count - 1));
        IsSettled = _ratesPerSecond.Count == Bins && mean > 0 && deviation <= mean * MaxSpread;
    }
}
