using StudyPlan.Order;

namespace StudyPlan.Timing;

/// <summary>
/// How long a measured run lasts. It does AMOUNT operations, again and again until <see cref="AtLeast"/> has passed;
/// <see cref="AtMost"/> ends it early, so that as many blocks as an answer usually takes fit into the budget.
/// </summary>
internal readonly record struct Windows(TimeSpan AtLeast, TimeSpan AtMost)
{
    /// <summary>Rates that a run tries around the one that it expects to be the highest; now and then one or two more.</summary>
    private const double UsualTrials = 3.5;

    /// <summary>The part of the budget that the windows may have; the rest lies between runs.</summary>
    private const double Share = 0.65;

    /// <summary>
    /// With so many blocks a difference of a tenth over all actions is found nine times of ten (docs/analysis.md).
    /// </summary>
    private const int UsualBlocks = 13;

    /// <summary>The warm-ups of the first RUNS starts may last as long as this part of the budget, beside it.</summary>
    private const double WarmShare = 1 / 3.0;

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ShortestTrial = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestTrial = TimeSpan.FromSeconds(3);

    /// <summary>How long each rate is tried where the highest is searched that keeps an objective.</summary>
    public TimeSpan Trial => TimeSpan.FromMilliseconds(
        Math.Round(
            Math.Clamp(
                (AtMost / UsualTrials).TotalMilliseconds, ShortestTrial.TotalMilliseconds, LongestTrial.TotalMilliseconds)));

    /// <summary>All trials of a run.</summary>
    public TimeSpan Trials => UsualTrials * Trial;

    public static Windows Of(StudyParameters parameters)
    {
        if (parameters.TraceLength is { } length) return new Windows(length, length);
        if (parameters.Budget == TimeSpan.Zero) return new Windows(Usual, Longest);
        var share = Share * parameters.Budget / ((double)parameters.Cells.Count * Math.Max(parameters.Runs, UsualBlocks));
        var atMost = TimeSpan.FromMilliseconds(
            Math.Round(Math.Clamp(share.TotalMilliseconds, Shortest.TotalMilliseconds, Longest.TotalMilliseconds)));
        return new Windows(atMost < Usual ? atMost : Usual, atMost);
    }

    /// <summary>How long each start of the servers is warmed, over all actions.</summary>
    public static TimeSpan WarmUp(StudyParameters parameters)
    {
        var most = WarmShare * parameters.Budget / parameters.Runs;
        return parameters.Budget == TimeSpan.Zero || parameters.WarmUp < most ? parameters.WarmUp : most;
    }

    /// <summary>The longest warm-up of each action.</summary>
    public static TimeSpan WarmUpOfAction(StudyParameters parameters)
    {
        var actions = parameters.Cells.Select(cell => (cell.Action, cell.Scenario)).Distinct().Count();
        return TimeSpan.FromMilliseconds(Math.Round(WarmUp(parameters).TotalMilliseconds / actions));
    }

    /// <summary>How long a run of so many operations at such a rate will last.</summary>
    public TimeSpan Expect(long amount, double perSecond)
    {
        var once = amount / perSecond;
        return TimeSpan.FromSeconds(Math.Min(AtMost.TotalSeconds, Math.Ceiling(Math.Max(1, AtLeast.TotalSeconds / once)) * once));
    }
}
