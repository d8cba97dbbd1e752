using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Analysis.Flags;

namespace Graph.Report;

/// <summary>The sentence on each action: effect, interval, answer, limiter, doubts. The same on the terminal and in the reports.</summary>
internal static class Sentences
{
    public static IEnumerable<string> Of(ScenarioAnalysis analysis) => analysis.Actions.Select(action => Of(action, analysis.Rule));

    public static string Of(ActionVerdict action, DecisionRule rule) =>
        string.Join("; ", new[] { $"{action.Action}: {Headline.Of(action, rule)}", Details(action, rule) }.Where(part => part.Length > 0));

    /// <summary>What the headline rests on.</summary>
    public static string Details(ActionVerdict action, DecisionRule rule) => string.Join("; ", new[]
    {
        Effects(action.Comparisons, rule), Basis(action.Comparisons), Limiters(action.Cells), Doubts(action.Cells),
    }.Where(part => part.Length > 0));

    /// <summary>"x1.02 [0.98, 1.05]"; empty where there is nothing to divide.</summary>
    public static string RatioOf(Comparison comparison)
    {
        var interval = comparison.Interval is { } known ? $" [{Words.Bound(known.Low)}, {Words.Bound(known.High)}]" : "";
        return comparison.Ratio is { } value ? $" x{Words.Ratio(value)}{interval}" : "";
    }

    public static string AnswerOf(Comparison comparison, DecisionRule rule) => comparison.Answer switch
    {
        Answer.Faster => "faster",
        Answer.Slower => "slower",
        Answer.Equivalent => $"equivalent within {Words.ExactPercent(rule.MarginRatio)}",
        _ => $"inconclusive ({comparison.Reason})",
    };

    /// <summary>"5 blocks, 93.75 %": what the intervals rest on and cover.</summary>
    public static string Basis(IEnumerable<Comparison> comparisons)
    {
        var intervals = comparisons.Select(comparison => comparison.Interval).OfType<Analysis.Estimating.MedianInterval>().ToList();
        if (intervals.Count == 0) return "";
        var counts = intervals.Select(interval => interval.Count).Distinct().Order().ToList();
        var coverages = intervals.Select(interval => interval.Coverage).Distinct().Order().ToList();
        var blocks = counts.Count == 1 ? Words.Count(counts[0], "block") : $"{counts[0]} to {counts[^1]} blocks";
        var coverage = coverages.Count == 1 ? Words.ExactPercent(coverages[0]) : $"{Words.ExactPercent(coverages[0])} to {Words.ExactPercent(coverages[^1])}";
        return $"intervals of {blocks} cover with {coverage}";
    }

    /// <summary>"1 -> 2 processes x0.82 [0.78, 0.84], 4 x0.55 [0.53, 0.57], slower": neighbours with one answer share it.</summary>
    private static string Effects(IReadOnlyList<Comparison> comparisons, DecisionRule rule)
    {
        var text = "";
        for (var index = 0; index < comparisons.Count; index++)
        {
            var comparison = comparisons[index];
            var answer = AnswerOf(comparison, rule);
            var begins = index == 0 || AnswerOf(comparisons[index - 1], rule) != answer;
            var ends = index == comparisons.Count - 1 || AnswerOf(comparisons[index + 1], rule) != answer;
            var arm = begins ? $"{comparison.Reference.Procs} -> {Words.Processes(comparison.Cell.Procs)}" : Words.Whole(comparison.Cell.Procs);
            text += $"{(index == 0 ? "" : begins ? "; " : ", ")}{arm}{RatioOf(comparison)}{(ends ? $", {answer}" : "")}";
        }

        return text;
    }

    /// <summary>The same limiter is said once, with the figures of the cell that has the most processes.</summary>
    private static string Limiters(IReadOnlyList<CellSummary> cells)
    {
        var kinds = cells.Where(cell => cell.Limiter is not null).GroupBy(cell => cell.Limiter!.Kind).ToList();
        return kinds.Count switch
        {
            0 => "",
            1 => $"limiter: {kinds[0].Last().Limiter!.Text}",
            _ => "limiter: " + string.Join("; ", kinds.Select(kind => $"with {Words.Processes([.. kind.Select(cell => cell.Cell.Procs)])} {kind.Last().Limiter!.Text}")),
        };
    }

    private static string Doubts(IReadOnlyList<CellSummary> cells)
    {
        var flags = cells.SelectMany(cell => cell.Flags.Where(flag => flag.Kind != FlagKind.Capped).Select(flag => (flag.Name, cell.Cell.Procs)))
            .Distinct().GroupBy(entry => entry.Name).ToList();
        return flags.Count == 0 ? "" : "beware: " + string.Join(", ", flags.Select(flag =>
            flag.Count() == cells.Count ? flag.Key : $"{flag.Key} with {Words.Processes([.. flag.Select(entry => entry.Procs)])}"));
    }
}
