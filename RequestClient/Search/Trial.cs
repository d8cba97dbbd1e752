using RequestClient.Runs;
using StudyResults;

namespace RequestClient.Search;

/// <summary>One rate that was tried.</summary>
/// <param name="RatePerSecond">The rate.</param>
/// <param name="Outcome">What the trial showed.</param>
/// <param name="Broken">Why it was not kept; null when it was.</param>
/// <param name="IsByClient">Whether the client, and not the server, broke it.</param>
internal sealed record Trial(double RatePerSecond, RunOutcome Outcome, string? Broken, bool IsByClient)
{
    /// <summary>An open loop that achieves less of its rate is not keeping it, whatever its percentiles say.</summary>
    private const double MinAchieved = 0.99;

    /// <summary>Of an objective's bound.</summary>
    private const double ClientShare = 0.5;

    public bool IsKept => Broken is null;

    public static Trial Of(RunOutcome outcome, IReadOnlyList<Objective> objectives, double ratePerSecond)
    {
        var missed = objectives.FirstOrDefault(objective => !objective.IsKept(outcome.Measures.OpenLoop!.FromDue[^1]));
        var broken = FailureOf(outcome, objectives, missed, ratePerSecond);
        var isByClient = broken is not null && IsBrokenByClient(outcome, missed);
        return new Trial(
            ratePerSecond, outcome, isByClient && outcome.Measures.Errors.Total == 0
                ? "broken: the client fell behind its own schedule"
                : broken, isByClient);
    }

    private static string? FailureOf(RunOutcome outcome, IReadOnlyList<Objective> objectives, Objective? missed, double rate)
    {
        if (outcome.Measures.Errors.Total > 0) return $"broken: {outcome.Measures.Errors.Total} errors";
        if (missed is not null) return $"broken: {missed.Name}";
        // What was due last may still take as long as the objective allows.
        var longest = TimeSpan.FromSeconds(outcome.Phase.MaxOperations / (rate * MinAchieved)) + objectives.Max(
            objective => objective.Bound);
        return outcome.Window.Elapsed > longest
            ? $"broken: achieved {Display.Units.Count(outcome.OperationsPerSecond)}/s"
            : null;
    }

    /// <summary>
    /// The client's own delays are part of the time from due, so they can only make a server look slower than it is; where they
    /// are more than half of what was allowed, the server was not asked fairly.
    /// </summary>
    private static bool IsBrokenByClient(RunOutcome outcome, Objective? missed)
    {
        if (outcome.Window.IsSaturated == true) return true;
        return missed is null ? outcome.Window.FellBehind
            : missed.ValueNanoseconds(outcome.Measures.OpenLoop!.Lag) > ClientShare * missed.Bound.TotalNanoseconds;
    }
}
