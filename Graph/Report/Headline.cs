using Graph.Analysis;
using Graph.Analysis.Comparing;

namespace Graph.Report;

/// <summary>The few words that somebody in a hurry reads.</summary>
internal static class Headline
{
    public static string Of(ActionVerdict action, DecisionRule rule)
    {
        if (action.Comparisons.Count == 0) return $"{Rate(action.Reference)} with {Words.Processes(action.Reference.Cell.Procs)}, nothing to compare it with";
        var faster = action.Comparisons.Where(comparison => comparison.Answer == Answer.Faster).ToList();
        var slower = action.Comparisons.Where(comparison => comparison.Answer == Answer.Slower).ToList();
        if (faster.Count > 0 && slower.Count > 0) return "more processes help or cost, by their number";
        var all = action.Comparisons.Count;
        if (faster.Count > 0) return $"more processes help{(faster.Count < all ? With(faster) : $", most with {faster.MaxBy(comparison => comparison.Ratio)!.Cell.Procs}")}";
        if (slower.Count > 0) return $"more processes cost{(slower.Count < all ? With(slower) : "")}";
        return action.Comparisons.All(comparison => comparison.Answer == Answer.Equivalent)
            ? $"the number of processes makes no difference of {Words.ExactPercent(rule.MarginRatio)}"
            : "can't tell whether more processes help";
    }

    /// <summary>For which numbers that was shown; of the others it was not.</summary>
    private static string With(IEnumerable<Comparison> comparisons) =>
        $" with {Words.List([.. comparisons.Select(comparison => Words.Whole(comparison.Cell.Procs))])}";

    private static string Rate(CellSummary cell) => $"{Words.Measured(cell.Cell.OperationsPerSecond)} operations/s";
}
