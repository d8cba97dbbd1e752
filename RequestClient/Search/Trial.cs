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

    public bool IsKept => Broken is null;

    public static Trial Of(RunOutcome outcome, IReadOnlyList<Objective> objectives, double ratePerSecond)
    {
        var broken = FailureOf(outcome, objectives, ratePerSecond);
        return new Trial(ratePerSecond, outcome, broken, broken is not null && outcome.Window.FellBehind);
    }

    private static string? FailureOf(RunOutcome outcome, IReadOnlyList<Objective> objectives, double rate)
    {
        if (outcome.Measures.Errors.Total > 0) return $"broken: {outcome.Measures.Errors.Total} errors";
        // Before the percentiles: a client that can't keep up makes any server look slow.
        if (outcome.Window.FellBehind) return "broken: the client fell behind its own schedule";
        var missed = objectives.FirstOrDefault(objective => !objective.IsKept(outcome.Measures.OpenLoop!.FromDue[^1]));
        if (missed is not null) return $"broken: {missed.Name}";
        // What was due last may still take as long as the objective allows.
        var longest = TimeSpan.FromSeconds(outcome.Phase.MaxOperations / (rate * MinAchieved)) + objectives.Max(objective => objective.Bound);
        return outcome.Window.Elapsed > longest
            ? $"broken: achieved {Display.Units.Count(outcome.OperationsPerSecond)}/s"
            : null;
    }
}
