using Graph.Analysis;
using Graph.Analysis.Comparing;

namespace Graph.Charts;

/// <summary>What more processes do, at one look: every comparison of a scenario as a forest plot.</summary>
internal static class RatioChart
{
    /// <summary>Null where nothing was compared.</summary>
    public static Figure? Describe(ScenarioAnalysis analysis) => ForestChart.Describe(
        $"What more processes do to {Subject.Of(analysis.Scenario.Key.Conditions.Store)}",
        analysis.Scenario.Key.Describe(),
        Words.Processes([.. analysis.Actions.Select(action => action.Reference.Cell.Procs).Distinct().Order()]),
        [.. analysis.Actions.SelectMany(action => action.Comparisons.Select((comparison, index) => Row(action.Action, comparison, index == 0)))],
        analysis.Rule.MarginRatio);

    private static ForestRow Row(string action, Comparison comparison, bool begins) => new()
    {
        Name = $"{Pictures.LabelOf(action)}, {Words.Processes(comparison.Cell.Procs)}",
        Ratio = comparison.Ratio,
        Interval = comparison.Interval is { Count: > 1 } known ? (known.Low, known.High) : null,
        Answer = comparison.Answer,
        Text = $"{RatioWords.Of(comparison)} {RatioWords.Of(comparison.Answer)}",
        Begins = begins,
    };
}
