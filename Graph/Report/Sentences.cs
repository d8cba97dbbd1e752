using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Analysis.Estimating;
using Graph.Analysis.Flags;

namespace Graph.Report;

/// <summary>
/// The sentence on each action: effect, interval, answer, limiter, doubts. The same on the terminal and in the reports.
/// </summary>
internal static class Sentences
{
    public static IEnumerable<string> Of(ScenarioAnalysis analysis) =>
        analysis.Actions.Select(action => Of(action, analysis.Rule));

    public static string Of(ActionVerdict action, DecisionRule rule) =>
        Joined($"{action.Action}: {Headline.Of(action, rule)}", Details(action, rule));

    /// <summary>What the headline rests on.</summary>
    public static string Details(ActionVerdict action, DecisionRule rule) =>
        Joined(Effects(action.Comparisons, rule), Basis(action.Comparisons), Limiters(action.Cells), Doubts(action.Cells));

    /// <summary>"x1.02 [0.98, 1.05]"; empty where there is nothing to divide.</summary>
    public static string RatioOf(Comparison comparison)
    {
        var interval = comparison.Interval is { Units: > 1 } known ? $" [{Words.Bound(known.Low)}, {Words.Bound(known.High)}]" : "";
        return comparison.Ratio is { } value ? $" x{Words.Ratio(value)}{interval}" : "";
    }

    public static string AnswerOf(Comparison comparison, DecisionRule rule) => AnswerOf([comparison], rule);

    /// <summary>"5 blocks, 93.75 %": what the intervals rest on and cover.</summary>
    public static string Basis(IEnumerable<Comparison> comparisons)
    {
        var intervals = comparisons.Select(comparison => comparison.Interval).OfType<Interval>()
            .Where(interval => interval.Units > 1).ToList();
        if (intervals.Count == 0) return "";
        var counts = intervals.Select(interval => interval.Units).Distinct().Order().ToList();
        var coverages = intervals.Select(interval => interval.Coverage).Distinct().Order().Select(Words.ExactPercent).ToList();
        var blocks = counts.Count == 1 ? Words.Count(counts[0], "block") : $"{counts[0]} to {counts[^1]} blocks";
        return $"intervals of {blocks} cover with {(coverages.Count == 1 ? coverages[0] : $"{coverages[0]} to {coverages[^1]}")}";
    }

    /// <summary>
    /// "1 -> 2 processes x0.82 [0.78, 0.84], 4 x0.55 [0.53, 0.57], slower": neighbours with one answer share it.
    /// </summary>
    private static string Effects(IReadOnlyList<Comparison> comparisons, DecisionRule rule)
    {
        var groups = new List<List<Comparison>>();
        foreach (var comparison in comparisons)
        {
            if (groups.Count > 0 && Kind(groups[^1][0]) == Kind(comparison)) groups[^1].Add(comparison);
            else groups.Add([comparison]);
        }

        return Joined([.. groups.Select(group =>
        {
            var (first, others) = (group[0], group.Skip(1));
            var arms = others.Select(other => $"{Words.Whole(other.Procs)}{RatioOf(other)}")
                .Prepend($"{first.ReferenceProcs} -> {Words.Processes(first.Procs)}{RatioOf(first)}");
            return $"{string.Join(", ", arms)}, {AnswerOf(group, rule)}";
        })]);
    }

    /// <summary>The answer, with what it would take instead of how much of that.</summary>
    private static (Answer Answer, OpenReason? Reason, bool IsAdvised) Kind(Comparison comparison) =>
        (comparison.Answer, comparison.Reason, comparison.RunsToDecide is not null);

    /// <summary>Of comparisons of one kind: "inconclusive (RUNS=13 and 136 would most likely tell)".</summary>
    private static string AnswerOf(List<Comparison> comparisons, DecisionRule rule)
    {
        var first = comparisons[0];
        var runs = comparisons.Select(comparison => comparison.RunsToDecide).OfType<int>().Distinct()
            .Select(count => Words.Whole(count)).ToList();
        return first.Answer switch
        {
            Answer.Faster => "faster",
            Answer.Slower => "slower",
            Answer.Equivalent => $"equivalent within {Words.ExactPercent(rule.MarginRatio)}",
            _ => $"inconclusive ({ReasonText.Of(first).Replace($"={first.RunsToDecide} ", $"={Words.List(runs)} ", StringComparison.Ordinal)})",
        };
    }

    /// <summary>The same limiter is said once, with the figures of the cell that has the most processes.</summary>
    private static string Limiters(IReadOnlyList<CellSummary> cells)
    {
        var kinds = cells.Where(cell => cell.Limiter is not null).GroupBy(cell => cell.Limiter!.Kind).ToList();
        return Joined([.. kinds.Select(kind =>
            $"limiter{(kinds.Count > 1 ? $" with {Words.Processes([.. kind.Select(cell => cell.Cell.Procs)])}" : "")}: {LimiterText.Of(kind.Last().Limiter!)}")]);
    }

    private static string Doubts(IReadOnlyList<CellSummary> cells)
    {
        var flags = cells.SelectMany(
            cell => cell.Flags.Where(flag => flag.Kind != FlagKind.Capped).Select(flag => (flag.Name, cell.Cell.Procs)))
            .Distinct().GroupBy(entry => entry.Name).ToList();
        return flags.Count == 0 ? "" : "beware: " + string.Join(", ", flags.Select(flag =>
            flag.Count() == cells.Count
                ? flag.Key
                : $"{flag.Key} with {Words.Processes([.. flag.Select(entry => entry.Procs)])}"));
    }

    private static string Joined(params IReadOnlyList<string> parts) => string.Join("; ", parts.Where(part => part.Length > 0));
}
