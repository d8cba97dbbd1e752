using System.Globalization;
using Graph.Analysis.Estimating;

namespace Graph.Analysis.Comparing;

/// <summary>Compares two cells of one study inside its blocks.</summary>
internal static class BlockComparison
{
    public static Comparison Of(Cell cell, Cell reference, DecisionRule rule)
    {
        var unknown = new Comparison { Cell = cell, Reference = reference, Ratio = null, Answer = Answer.Inconclusive };
        if (cell.OperationsPerSecond == 0 || reference.OperationsPerSecond == 0)
            return unknown with { Reason = "no right operation" };
        var ratios = Blocks.LogRatios(cell, reference);
        if (ratios.Count == 0)
        {
            return unknown with
            {
                Ratio = cell.OperationsPerSecond / reference.OperationsPerSecond,
                Reason = cell.Runs.Count == 0 ? "sums only, the noise is not known" : "no block holds both",
            };
        }

        var interval = MedianInterval.Of(ratios);
        var answer = rule.Decide(interval);
        var comparison = unknown with { Ratio = Math.Exp(interval.Median), Interval = interval.Map(Math.Exp), Answer = answer };
        return answer == Answer.Inconclusive ? Explain(comparison, ratios, rule) : comparison;
    }

    private static Comparison Explain(Comparison comparison, IReadOnlyList<double> ratios, DecisionRule rule)
    {
        if (ratios.Count == 1)
            return comparison with { RunsToDecide = DecisionRule.LeastBlocks, Reason = $"1 run can't tell, {DecisionRule.LeastBlocks} are the least" };
        var runs = rule.BlocksToDecide(ratios);
        var advice = runs is { } wanted
            ? string.Create(CultureInfo.InvariantCulture, $"RUNS={wanted} would most likely tell")
            : "the effect is about as large as the margin: no number of runs would tell";
        return comparison with
        {
            RunsToDecide = runs,
            Reason = ratios.Count < DecisionRule.LeastBlocks ? $"{ratios.Count} blocks are too few; {advice}" : advice,
        };
    }
}
