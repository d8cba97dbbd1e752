using Graph.Analysis.Estimating;
using Graph.Analysis.Scenarios;

namespace Graph.Analysis.Comparing;

/// <summary>Two studies of the same scenario, made apart: two versions, two machines, two proxies.</summary>
internal sealed record StudyComparison
{
    public required ScenarioKey Key { get; init; }

    public required ScenarioKey BaselineKey { get; init; }

    /// <summary>Each cell that both have, against the baseline's.</summary>
    public required IReadOnlyList<CellComparison> Comparisons { get; init; }

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
        var pairs = new List<(Scenario Scenario, Scenario Baseline)>();
        foreach (var scenario in scenarios)
        {
            var fitting = baseline.Where(other => Comparable.Obstacle(scenario.Key, other.Key) is null).ToList();
            if (fitting.Count == 0) reasons.AddRange(baseline.Select(other => Comparable.Obstacle(scenario.Key, other.Key)!));
            pairs.AddRange(
                Comparable.Nearest(scenario, fitting).Where(other => HaveCommonCell(scenario, other)).Select(
                    other => (scenario, other)));
        }

        refusal =
            pairs.Count > 0 ? null : reasons.Count > 0 ? string.Join("; ", reasons.Distinct()) : "they have no cell in common";
        var cells = pairs.Select(pair => Common(pair.Scenario, pair.Baseline)).ToList();
        var answers = new Queue<Comparison>(
            Family.Judge([.. cells.SelectMany(common => common).Select(pair => OfTwoStudies(pair.Cell, pair.Reference))], rule));
        return
        [
            .. pairs.Zip(cells, (pair, common) => new StudyComparison
            {
                Key = pair.Scenario.Key,
                BaselineKey = pair.Baseline.Key,
                Differences =
                [
                    .. Comparable.Differences(pair.Scenario.Key.Conditions, pair.Baseline.Key.Conditions),
                    .. OtherSoftware(pair.Scenario, pair.Baseline),
                ],
                Comparisons = [.. common.Select(cell => new CellComparison(cell.Cell.Action, answers.Dequeue()))],
            }),
        ];
    }

    private static bool HaveCommonCell(Scenario scenario, Scenario baseline) => Common(scenario, baseline).Count > 0;

    private static List<(Cell Cell, Cell Reference)> Common(Scenario scenario, Scenario baseline) =>
    [
        .. scenario.Cells.Join(
            baseline.Cells, cell => (cell.Action, cell.Procs), cell => (cell.Action, cell.Procs), (cell, reference) => (cell, reference)),
    ];

    private static IEnumerable<string> OtherSoftware(Scenario scenario, Scenario baseline)
    {
        var (now, before) = (scenario.Software, baseline.Software);
        if (now != before) yield return $"software {now ?? "unknown"}, was {before ?? "unknown"}";
    }

    /// <summary>The two have no block in common, so what changed on the machine between them is part of the effect.</summary>
    private static Contrast OfTwoStudies(Cell cell, Cell reference)
    {
        var (values, references) = (CellEstimate.LogRates(cell.Runs), CellEstimate.LogRates(reference.Runs));
        var isKnown = values.Count > 0 && references.Count > 0;
        return new Contrast
        {
            Procs = cell.Procs,
            ReferenceProcs = reference.Procs,
            Effect = isKnown ? Effect.Of(values, references) : null,
            Obstacle = isKnown ? null : ScenarioContrasts.ObstacleOf(cell, reference),
            PlainRatio = ScenarioContrasts.PlainRatioOf(cell, reference),
        };
    }
}
