using Graph.Analysis.Scenarios;
using MathNet.Numerics.Statistics;

namespace Graph.Analysis.Limits;

/// <summary>The processor time that one operation takes: client, proxy, workers and store.</summary>
internal static class CpuCost
{
    /// <summary>The median over the runs; null where none has a right operation.</summary>
    public static double? MicrosecondsOf(Cell cell)
    {
        var costs = cell.Runs.Select(run => run.Record).Where(record => record.Operations > 0 && record.CpuSeconds.Sum() > 0)
            .Select(record => record.CpuSeconds.Sum() * 1e6 / record.Operations).ToList();
        return costs.Count == 0 ? null : costs.Median();
    }
}
