using StudyPlan.Order;

namespace StudyPlan.Timing;

/// <summary>
/// How long a measured run lasts. It does AMOUNT operations, again and again until <see cref="AtLeast"/> has passed;
/// <see cref="AtMost"/> ends it early, so that the least number of blocks leaves a fifth of the budget for what lies between runs.
/// </summary>
internal readonly record struct Windows(TimeSpan AtLeast, TimeSpan AtMost)
{
    /// <summary>The part of the budget that the windows of the least number of blocks may have.</summary>
    private const double Share = 0.8;

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static Windows Of(StudyParameters parameters)
    {
        if (parameters.Budget == TimeSpan.Zero) return new Windows(Usual, Longest);
        var share = Share * parameters.Budget / ((double)parameters.Cells.Count * parameters.Runs);
        var atMost = TimeSpan.FromMilliseconds(Math.Round(Math.Clamp(share.TotalMilliseconds, Shortest.TotalMilliseconds, Longest.TotalMilliseconds)));
        return new Windows(atMost < Usual ? atMost : Usual, atMost);
    }

    /// <summary>How long a run of so many operations at such a rate will last.</summary>
    public TimeSpan Expect(long amount, double perSecond)
    {
        var once = amount / perSecond;
        return TimeSpan.FromSeconds(Math.Min(AtMost.TotalSeconds, Math.Ceiling(Math.Max(1, AtLeast.TotalSeconds / once)) * once));
    }
}
