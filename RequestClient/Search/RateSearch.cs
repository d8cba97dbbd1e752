namespace RequestClient.Search;

/// <summary>
/// Finds the highest rate that keeps an objective by halving: between the highest rate that kept it and the lowest that
/// broke it. It knows nothing of how a rate is tried.
/// </summary>
internal sealed class RateSearch(double ceilingPerSecond, double tolerance = RateSearch.Tolerance)
{
    /// <summary>The search ends when the two rates are this close, which is about what a short trial can tell apart.</summary>
    public const double Tolerance = 0.02;

    /// <summary>Rates below this share of the ceiling are not looked for.</summary>
    private const double LowestShare = 1.0 / 256;

    private readonly double _lowestPerSecond = ceilingPerSecond * LowestShare;
    private double _brokenPerSecond = ceilingPerSecond;

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

    /// <summary>Takes the outcome of trying a rate.</summary>
    public void Add(double ratePerSecond, bool kept)
    {
        if (kept) BestPerSecond = Math.Max(BestPerSecond ?? 0, ratePerSecond);
        else _brokenPerSecond = Math.Min(_brokenPerSecond, ratePerSecond);
    }
}
