namespace RequestClient.Search;

/// <summary>
/// Finds the highest rate that keeps an objective by halving: between the highest rate that kept it and the lowest that
/// broke it. It knows nothing of how a rate is tried.
/// </summary>
/// <param name="ceilingPerSecond">Above what can be.</param>
/// <param name="tolerance">The search ends when the two rates are this close.</param>
/// <param name="mostTries">A rate that is broken so often is broken; once may be a stall of the machine.</param>
internal sealed class RateSearch(double ceilingPerSecond, double tolerance, int mostTries)
{
    /// <summary>A closed loop reaches what the server can, so an open one can't go above it; this allows for noise.</summary>
    public const double Headroom = 1.05;

    /// <summary>Rates below this share of the ceiling are not looked for.</summary>
    private const double LowestShare = 1.0 / 256;

    private readonly double _lowestPerSecond = ceilingPerSecond * LowestShare;
    private double _brokenPerSecond = ceilingPerSecond;
    private int _brokenTries;

    /// <summary>The highest rate that kept the objective; null when none did yet.</summary>
    public double? BestPerSecond { get; private set; }

    /// <summary>The rate to try next; null when the search is over.</summary>
    public double? NextPerSecond
    {
        get
        {
            var kept = BestPerSecond ?? 0;
            if (_brokenPerSecond - kept <= _brokenPerSecond * tolerance) return null;
            var next = (kept + _brokenPerSecond) / 2;
            return next < _lowestPerSecond ? null : next;
        }
    }

    /// <summary>Takes the outcome of trying <see cref="NextPerSecond"/>.</summary>
    public void Add(bool kept)
    {
        if (!kept && ++_brokenTries < mostTries) return;
        var tried = NextPerSecond!.Value;
        if (kept) BestPerSecond = tried;
        else _brokenPerSecond = tried;
        _brokenTries = 0;
    }
}
