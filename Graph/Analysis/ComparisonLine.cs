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
            yield return one is null ? $"{action.Key}: nothing to compare with: no run with 1 process"
                : others.Count == 0 ? $"{action.Key}: {Scale.Number(Math.Round(one.OperationsPerSecond))}/s with 1 process; nothing to compare it with"
                : $"{action.Key}: 1 -> {string.Join("; ", others.Select(cell => Against(one, cell)))}";
        }
    }

    private static string Against(Cell one, Cell cell)
    {
        var start = Remark.Processes(cell.Procs);
        if (one.OperationsPerSecond == 0 || cell.OperationsPerSecond == 0) return $"{start}: not comparable, no right operation";
        var ratios = Blocks.Ratios(cell, one);
        if (ratios.Count == 0)
            return $"{start} x{Number(cell.OperationsPerSecond / one.OperationsPerSecond)}, not known how sure: no runs in common blocks";
        var range = MedianRange.Of(ratios);
        return string.Create(CultureInfo.InvariantCulture,
            $"{start} x{Number(range.Median)} [{Number(range.Low)}, {Number(range.High)}] {Word(range)} ({Counted(range)})");
    }

    private static string Word(MedianRange range) => range switch
    {
        { Count: < LeastBlocks } => "too few blocks to tell",
        { Low: > 1 } => "faster in every block",
        { High: < 1 } => "slower in every block",
        _ => "can't tell",
    };

    private static string Counted(MedianRange range) => range.Count == 1
        ? "1 block"
        : string.Create(CultureInfo.InvariantCulture, $"{range.Count} blocks, range covers {range.Coverage * 100:0.##} %");

    private static string Number(double ratio) => ratio.ToString(ratio is < 0.1 or >= 100 ? "0.##e+0" : "0.00", CultureInfo.InvariantCulture);
}
