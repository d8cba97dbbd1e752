using MathNet.Numerics.Statistics;

namespace Graph.Analysis.Selecting;

/// <summary>
/// Sets aside runs that lie far from what their cell and their block let expect: a stalled disk or a page of the host's memory
/// that was away halves a run now and then, and a mean of a dozen would carry that on. Which arm a run belongs to does not enter.
/// </summary>
internal static class OutlierScreen
{
    /// <summary>Beyond so many scales; of normal noise that is one run in 150,000.</summary>
    private const double MostScales = 4.5;

    /// <summary>1.4826 of the median distance is the standard deviation of normal noise.</summary>
    private const double ScaleOfMedianDistance = 1.4826;

    private const int Rounds = 4;

    /// <summary>
    /// A scale from so few free residuals may be half of the truth, so it is doubled; one from many is taken as it is.
    /// </summary>
    private const double FewRuns = 4;

    /// <summary>Beyond a quarter of a cell they are no exceptions.</summary>
    private const int OneInSoMany = 4;

    /// <summary>Noise below this is rounding.</summary>
    private const double LeastScale = 1e-9;

    public static IReadOnlyList<Run> Apply(IReadOnlyList<Run> runs)
    {
        var judged = Enumerable.Range(0, runs.Count).Where(index => runs[index] is { Counts: true, Block: not null }).ToList();
        if (judged.Count == 0) return runs;
        var residuals = new double[runs.Count];
        foreach (var index in judged) residuals[index] = runs[index].LogRate;
        var cells = judged.GroupBy(index => (runs[index].Record.Action, runs[index].Record.Procs, runs[index].IsControl))
            .Select(cell => cell.ToArray()).ToList();
        var blocks = judged.GroupBy(index => runs[index].Block).Select(block => block.ToArray()).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var group in cells.Concat(blocks)) Center(residuals, group);
        }

        // A median is one of the values or lies between two, so centring leaves about as many residuals next to nothing as there
        // are cells and blocks. The others tell the noise: in a table of three columns the middle of all would say half of it.
        var free = Math.Max(1, judged.Count - cells.Count - blocks.Count);
        var middle = 1 - (0.5 * free / judged.Count);
        var overall = ScaleOf(judged);
        double ScaleOf(IEnumerable<int> some) =>
            ScaleOfMedianDistance * (1 + FewRuns / free) * some.Select(index => Math.Abs(residuals[index])).Quantile(middle);

        // A few runs tell an action's own noise badly, so it is not believed to be quieter than all together.
        var scales = judged.GroupBy(index => runs[index].Record.Action)
            .ToDictionary(action => action.Key, action => Math.Max(overall, ScaleOf(action)));
        var far = cells.SelectMany(cell => Farthest(cell, index => Scaled(residuals[index], scales[runs[index].Record.Action])))
            .ToHashSet();
        return [.. runs.Select((run, index) => far.Contains(index) ? run with { Use = RunUse.SetAside } : run)];
    }

    private static double Scaled(double residual, double scale) => scale < LeastScale ? 0 : Math.Abs(residual) / scale;

    private static void Center(double[] values, int[] group)
    {
        var middle = ArrayStatistics.MedianInplace([.. group.Select(index => values[index])]);
        foreach (var index in group) values[index] -= middle;
    }

    private static IEnumerable<int> Farthest(int[] cell, Func<int, double> scaled) =>
        cell.Where(index => scaled(index) > MostScales).OrderByDescending(scaled).Take(cell.Length / OneInSoMany);
}
