using Graph.Analysis.Comparing;
using Graph.Spelling;

namespace Graph.Report.Wording;

/// <summary>Why comparisons have no answer, and what would give them one.</summary>
internal static class OpenText
{
    /// <summary>"RUNS=12 would most likely decide".</summary>
    public static string Of(Comparison comparison) => comparison.Reason switch
    {
        OpenReason.NoRightOperation => "a cell has no right operation",
        OpenReason.SumsOnly => "the input holds sums only, so the noise is not known",
        OpenReason.NoCommonBlock => "no block holds both",
        OpenReason.TooFewBlocks => $"too few blocks: {Words.Whole(DecisionRule.LeastBlocks)} are the least{Advice(comparison)}",
        OpenReason.TooFewStarts =>
            $"too few starts of the servers: {Words.Whole(DecisionRule.LeastBlocks)} are the least, "
                + "and blocks on one start count as one",
        OpenReason.ControlDiffers => "withheld, as the control differs",
        OpenReason.NotDecided when comparison.RunsToDecide is { } runs => $"RUNS={Words.Whole(runs)} would most likely decide",
        OpenReason.NotDecided => "the effect is about as large as the margin: no number of runs would most likely decide",
        _ => "",
    };

    /// <summary>A sentence for each reason, with the numbers of processes that it holds for.</summary>
    public static IEnumerable<string> Of(IEnumerable<Comparison> comparisons) =>
        from comparison in comparisons
        where comparison.IsOpen
        group comparison by (comparison.Reason, IsKnown: comparison.RunsToDecide is not null) into open
        select $"{Words.Processes([.. open.Select(comparison => comparison.Procs)])} can't be told: {Of([.. open])}";

    private static string Of(List<Comparison> open)
    {
        var runs = open.Select(comparison => comparison.RunsToDecide).OfType<int>().Distinct().Order().ToList();
        // Who wants all of them decided runs as many as the last one takes.
        return runs.Count < 2 ? Of(open[0]) : Of(open[0] with { RunsToDecide = runs[^1] });
    }

    private static string Advice(Comparison comparison) =>
        comparison.RunsToDecide is { } runs ? $", RUNS={Words.Whole(runs)} would most likely decide" : "";
}
