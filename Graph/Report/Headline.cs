using Graph.Analysis;
using Graph.Analysis.Comparing;

namespace Graph.Report;

/// <summary>The few words that somebody in a hurry reads.</summary>
internal static class Headline
{
    public static string Of(ActionVerdict action, DecisionRule rule)
    {
        if (action.Comparisons.Count == 0) return $"{Rate(action.Reference)}, nothing to compare it with";
        var groups = action.Comparisons.GroupBy(comparison => comparison.Answer).OrderBy(group => group.Key).ToList();
        return groups is [var only]
            ? OfAll([.. only], rule)
            : string.Join(", ", groups.Select((group, place) => OfSome([.. group], rule, place == 0)));
    }

    private static string OfAll(IReadOnlyList<Comparison> comparisons, DecisionRule rule) => comparisons[0].Answer switch
    {
        Answer.Faster => $"more processes help {Most(comparisons)}",
        Answer.Slower => $"more processes slow it down {Most(comparisons)}",
        Answer.Equivalent => $"the number of processes makes less than {Words.ExactPercent(rule.MarginRatio)} difference",
        _ => "can't tell whether more processes help",
    };

    /// <summary>"8 processes slow it down (x0.84), 2 and 4 can't be told": nobody may read the one as said of all.</summary>
    private static string OfSome(IReadOnlyList<Comparison> comparisons, DecisionRule rule, bool isFirst)
    {
        var counts = Words.List(
            [.. comparisons.Select(comparison => Words.Whole(comparison.Procs))]) + (isFirst ? " processes" : "");
        return comparisons[0].Answer switch
        {
            Answer.Faster => $"{counts} help {Most(comparisons)}",
            Answer.Slower => $"{counts} slow it down {Most(comparisons)}",
            Answer.Equivalent => $"{counts} make less than {Words.ExactPercent(rule.MarginRatio)} difference",
            _ => $"{counts} can't be told",
        };
    }

    /// <summary>"(x0.84)" for one, "(most 8: x6.40)" for several.</summary>
    private static string Most(IReadOnlyList<Comparison> comparisons)
    {
        var most = comparisons.MaxBy(comparison => Math.Abs(Math.Log(comparison.Ratio!.Value)))!;
        return $"({(comparisons.Count > 1 ? $"most {Words.Whole(most.Procs)}: " : "")}x{Words.Ratio(most.Ratio!.Value)})";
    }

    private static string Rate(CellSummary cell) =>
        $"{Words.Measured(cell.Cell.OperationsPerSecond)} operations/s with {Words.Processes(cell.Cell.Procs)}";
}
