using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Phrases;
using Graph.Spelling;

namespace Graph.Charts;

/// <summary>What more processes do, at one look: every comparison of a scenario as a forest plot, what decides on top.</summary>
internal static class RatioChart
{
    /// <summary>Null where nothing was compared.</summary>
    public static Figure? Describe(ScenarioAnalysis analysis) => ForestChart.Describe(
        $"What more processes do to {Subject.Of(analysis.Scenario.Key.Conditions.Store)}",
        analysis.Scenario.Key.Describe(),
        Words.Processes([.. analysis.Actions.Select(action => action.Reference.Cell.Procs).Distinct().Order()]),
        [
            .. analysis.Actions.Count == 1
                ? []
                : analysis.Primary.Select((comparison, index) => Row("all actions", comparison, index == 0, bold: true)),
            .. analysis.Actions.SelectMany(action => action.Comparisons.Select(
                (comparison, index) => Row(
                    Pictures.ShortLabelOf(action.Action), comparison, index == 0, bold: analysis.Actions.Count == 1))),
            .. Control(analysis),
        ],
        analysis.Rule.MarginRatio);

    private static ForestRow Row(string what, Comparison comparison, bool begins, bool bold) =>
        ForestRow.Of($"{what}, {Words.Processes(comparison.Procs)}", comparison, begins, bold);

    /// <summary>The smallest cell against itself: its answer is a check and none about processes.</summary>
    private static IEnumerable<ForestRow> Control(ScenarioAnalysis analysis) => analysis.Control is not { } control ? [] :
        [ForestRow.Of($"control: {Words.Processes(control.Procs)} again", control, begins: true, bold: false)];
}
