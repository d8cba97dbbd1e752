using Graph.Analysis.Estimating;

namespace Graph.Analysis.Comparing;

/// <summary>Two studies of the same scenario, made apart: two versions, two machines, two proxies.</summary>
internal sealed record StudyComparison
{
    public required ScenarioKey Key { get; init; }

    public required ScenarioKey BaselineKey { get; init; }

    /// <summary>Each cell that both have, against the baseline's.</summary>
    public required IReadOnlyList<Comparison> Comparisons { get; init; }

    /// <summary>What else differs, and may be the reason for what was found: "proxy nginx, was haproxy".</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <param name="scenarios">What is judged.</param>
    /// <param name="baseline">What it is judged against.</param>
    /// <param name="rule">The margin.</param>
    /// <param name="refusal">Why nothing can be compared; null when something can.</param>
    public static IReadOnlyList<StudyComparison> Of(
        IReadOnlyList<Scenario> scenarios, IReadOnlyList<Scenario> baseline, DecisionRule rule, out string? refusal)
    {
        var reasons = new List<string>();
        var comparisons = new List<StudyComparison>();
        foreach (var scenario in scenarios)
        {
            var obstacles = baseline.Select(other => (Other: other, Obstacle: Comparable.Obstacle(scenario.Key, other.Key)))
                .ToList();
            var fitting = obstacles.Where(pair => pair.Obstacle is null).Select(pair => pair.Other).ToList();
            if (fitting.Count == 0) reasons.AddRange(obstacles.Select(pair => pair.Obstacle!));
            comparisons.AddRange(
                fitting.Select(other => Compare(scenario, other, rule)).Where(comparison => comparison.Comparisons.Count > 0));
        }

        refusal = comparisons.Count > 0 ? null : reasons.Count > 0 ? string.Join("; ", reasons.Distinct()) : "they have no cell in common";
        return comparisons;
    }

    private static StudyComparison Compare(Scenario scenario, Scenario baseline, DecisionRule rule) => new()
    {
        Key = scenario.Key,
        BaselineKey = baseline.Key,
        Differences = [.. Comparable.Differences(scenario.Key.Conditions, baseline.Key.Conditions), .. OtherSoftware(scenario, baseline)],
        Comparisons =
        [
            .. scenario.Cells.Join(
                baseline.Cells, cell => (cell.Action, cell.Procs), cell => (cell.Action, cell.Procs), (cell, reference) => Compare(cell, reference, rule)),
        ],
    };

    private static IEnumerable<string> OtherSoftware(Scenario scenario, Scenario baseline)
    {
        var (now, before) = (scenario.Software, baseline.Software);
        if (now != before) yield return $"software {now ?? "unknown"}, was {before ?? "unknown"}";
    }

    private static Comparison Compare(Cell cell, Cell reference, DecisionRule rule)
    {
        var unknown = new Comparison { Cell = cell, Reference = reference, Ratio = null, Answer = Answer.Inconclusive };
        if (cell.OperationsPerSecond == 0 || reference.OperationsPerSecond == 0)
            return unknown with { Reason = "no right operation" };
        var (rates, references) = (LogRates(cell), LogRates(reference));
        if (rates.Count == 0 || references.Count == 0)
            return unknown with { Ratio = cell.OperationsPerSecond / reference.OperationsPerSecond, Reason = "sums only, the noise is not known" };
        var interval = ShiftInterval.Of(rates, references);
        var answer = rule.Decide(interval);
        return unknown with
        {
            Ratio = Math.Exp(interval.Median),
            Interval = interval.Map(Math.Exp),
            Answer = answer,
            Reason = answer != Answer.Inconclusive ? null
                : interval.Count < DecisionRule.LeastBlocks ? $"{Words.Count(interval.Count, "run")} a cell, {DecisionRule.LeastBlocks} are the least"
                : "more runs may tell",
        };
    }

    private static List<double> LogRates(Cell cell) =>
        [.. cell.Runs.Where(run => run.Record.Operations > 0).Select(run => Math.Log(run.OperationsPerSecond))];
}
