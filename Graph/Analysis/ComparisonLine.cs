using System.Globalization;
using Graph.Charts;

namespace Graph.Analysis;

/// <summary>The sentence on each action: 1 process against the others, and no more than the runs can carry.</summary>
internal static class ComparisonLine
{
    /// <summary>With fewer blocks even a range on one side of 1 is likely chance.</summary>
    private const int LeastBlocks = 5;

    public static IEnumerable<string> Of(Scenario scenario)
    {
        foreach (var action in scenario.Cells.GroupBy(cell => cell.Action))
        {
            var one = action.FirstOrDefault(cell => cell.Procs == 1);
            var others = action.Where(cell => cell.Procs != 1).ToList();
            yield return one is null ? $"{action.Key}: no run with 1 process to compare with"
                : others.Count == 0 ? $"{action.Key}: {Scale.Number(Math.Round(one.OperationsPerSecond))}/s with 1 process, and no other to compare it with"
                : $"{action.Key}: {string.Join("; ", others.Select(cell => $"1 -> {Remark.Processes(cell.Procs)} {Against(one, cell)}"))}{Basis(scenario, one, others)}";
        }
    }

    private static string Against(Cell one, Cell cell)
    {
        if (one.OperationsPerSecond == 0 || cell.OperationsPerSecond == 0) return "no right operation";
        var ratios = Blocks.Ratios(cell, one);
        if (ratios.Count == 0) return $"x{Number(cell.OperationsPerSecond / one.OperationsPerSecond)}";
        var range = MedianRange.Of(ratios);
        return $"x{Number(range.Median)} [{Number(range.Low)}, {Number(range.High)}] {Word(range)}";
    }

    private static string Word(MedianRange range) => range switch
    {
        { Count: < LeastBlocks } => "too few blocks to tell",
        { Low: > 1 } => "faster in every block",
        { High: < 1 } => "slower in every block",
        _ => "can't tell",
    };

    /// <summary>What the figures rest on, so that nobody takes them for more.</summary>
    private static string Basis(Scenario scenario, Cell one, IEnumerable<Cell> others)
    {
        if (scenario.RunsPerRow is not null) return " (sums only: can't tell a difference from noise)";
        var counts = others.Select(cell => Blocks.Ratios(cell, one).Count).Distinct().Order().ToList();
        if (counts is [0]) return " (no common blocks: can't tell a difference from noise)";
        var blocks = counts is [1] ? "1 block" : $"{Between(counts[0], counts[^1])} blocks";
        return $" ({blocks}; the range covers the true median with {Between(Coverage(counts[0]), Coverage(counts[^1]))} %)";
    }

    private static string Between(double low, double high) => low == high
        ? low.ToString("0.##", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{low:0.##} to {high:0.##}");

    private static double Coverage(int blocks) => MedianRange.CoverageOf(blocks) * 100;

    private static string Number(double ratio) => ratio.ToString(ratio is < 0.1 or >= 100 ? "0.##e+0" : "0.00", CultureInfo.InvariantCulture);
}
