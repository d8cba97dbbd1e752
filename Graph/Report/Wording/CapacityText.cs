using Graph.Analysis;
using Graph.Report.Document;
using Graph.Spelling;

namespace Graph.Report.Wording;

/// <summary>What somebody buys: how much each number of processes keeps up with, while an objective is kept.</summary>
internal static class CapacityText
{
    /// <summary>
    /// "put: p99 stays within 20 ms up to 5,210 operations/s [5,020, 5,400] with 1 process, 9,800 [9,500, 10,100] with 2";
    /// nothing where no rate was searched.
    /// </summary>
    public static IEnumerable<Sentence> Of(ScenarioAnalysis analysis)
    {
        if (analysis.Scenario.Key.Conditions.Objective is not { } text || StudyResults.Objective.Parse(text) is not { } objective)
            yield break;
        foreach (var action in analysis.Actions)
        {
            var rates = action.Cells.Where(cell => cell.Cell.OperationsPerSecond > 0)
                .Select((cell, index) => Words.Measured(cell.Cell.OperationsPerSecond) + (index == 0 ? " operations/s" : "")
                    + Interval(cell)
                    + (index == 0 ? $" with {Words.Processes(cell.Cell.Procs)}" : $" with {Words.Whole(cell.Cell.Procs)}"))
                        .ToList();
            if (rates.Count == 0) continue;
            yield return new Sentence(
                $"{action.Action}: {objective.Name} stays within {Words.Time(objective.Bound)} up to {string.Join(", ", rates)}");
        }
    }

    private static string Interval(CellSummary cell) =>
        cell.Throughput is { Units: > 1 } known ? $" [{Words.Measured(known.Low)}, {Words.Measured(known.High)}]" : "";
}
