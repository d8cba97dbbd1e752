using Graph.Analysis.Comparing;
using Graph.Analysis.Flags;
using Graph.Analysis.Scaling;
using Graph.Analysis.Scenarios;

namespace Graph.Analysis;

/// <summary>A scenario with all that follows from it: what every picture, table and sentence is made of.</summary>
internal sealed record ScenarioAnalysis
{
    public required Scenario Scenario { get; init; }

    public required DecisionRule Rule { get; init; }

    /// <summary>In the seed's order of actions.</summary>
    public required IReadOnlyList<ActionVerdict> Actions { get; init; }

    /// <summary>Places of the table where other rows and columns have a cell and these have none.</summary>
    public required IReadOnlyList<(string Action, int Procs)> Missing { get; init; }

    /// <summary>How the machine changed while the study ran; null where the order of the runs is not known.</summary>
    public Drift? Drift { get; init; }

    public IEnumerable<CellSummary> Cells => Actions.SelectMany(action => action.Cells);

    public required ScenarioVerdicts Verdicts { get; init; }

    /// <summary>The answers over all actions: each number of processes against the fewest.</summary>
    public IReadOnlyList<Comparison> Primary => Verdicts.Primary;

    /// <summary>The smallest cell against itself under its second label; null where it was measured under one.</summary>
    public Comparison? Control => Verdicts.Control;

    /// <summary>Whether the control differs, so that no answer of this scenario is given.</summary>
    public bool IsWithheld => Verdicts.IsWithheld;

    /// <summary>How many processes to run; null where nothing is compared, or the answers are withheld.</summary>
    public Advice? Advice { get; init; }

    /// <summary>
    /// The law over all actions, in units of the throughput of the fewest processes; null where there is too little.
    /// </summary>
    public ScalingFit? Scaling { get; init; }

    public required RunTally Tally { get; init; }

    public static ScenarioAnalysis Of(Scenario scenario, DecisionRule rule, CancellationToken cancel = default) =>
        OfStudy([scenario], rule, cancel)[0];

    /// <param name="scenarios">All that was read: their answers share the study's error.</param>
    /// <param name="rule">The margin and the error.</param>
    /// <param name="cancel">Ends it between two actions.</param>
    public static IReadOnlyList<ScenarioAnalysis> OfStudy(
        IReadOnlyList<Scenario> scenarios, DecisionRule rule, CancellationToken cancel) =>
        [.. scenarios.Zip(ScenarioVerdicts.Of(scenarios, rule), (scenario, verdicts) => Of(scenario, verdicts, rule, cancel))];

    private static ScenarioAnalysis Of(Scenario scenario, ScenarioVerdicts verdicts, DecisionRule rule, CancellationToken cancel)
    {
        var mostRuns = scenario.Cells.Max(CellFlags.OfOneLabel);
        var counts = scenario.Cells.Select(cell => cell.Procs).Distinct().Order().ToList();
        var actions = scenario.Cells.GroupBy(cell => cell.Action).Select(
            action => Judge(action.Key, [.. action], scenario, verdicts.Actions[action.Key], mostRuns, cancel)).ToList();
        return new ScenarioAnalysis
        {
            Scenario = scenario,
            Rule = rule,
            Verdicts = verdicts,
            Advice = Advice.Of(verdicts.Primary, rule),
            Actions = actions,
            Scaling = actions.Count == 1
                ? actions[0].Scaling
                : ScalingAnalysis.Of(BlockTable.OfRatios(counts[0], verdicts.Contrasts.PrimaryRatios)),
            Tally = RunTally.Of(scenario),
            Missing =
            [
                .. scenario.Cells.Select(cell => cell.Action).Distinct()
                    .SelectMany(action => counts.Select(procs => (Action: action, Procs: procs)))
                    .Where(place => !scenario.Cells.Any(cell => cell.Action == place.Action && cell.Procs == place.Procs)),
            ],
            Drift = Drift.Of(scenario.Cells),
        };
    }

    private static ActionVerdict Judge(
        string action, IReadOnlyList<Cell> cells, Scenario scenario, IReadOnlyList<Comparison> comparisons, int mostRuns,
            CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return new ActionVerdict
        {
            Action = action,
            Cells = [.. cells.Select(cell => CellSummary.Of(cell, scenario.Key.Conditions, mostRuns))],
            Comparisons = comparisons,
            Scaling = ScalingAnalysis.Of(BlockTable.Of(cells)),
        };
    }
}
