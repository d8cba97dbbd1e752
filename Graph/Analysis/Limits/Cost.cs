using Graph.Analysis.Scenarios;
using MathNet.Numerics.Statistics;
using StudyResults;

namespace Graph.Analysis.Limits;

/// <summary>
/// CPU-microseconds that one operation costs each component: medians over the runs; null is what nobody measured.
/// </summary>
internal sealed record Cost(double ClientMicroseconds, double? ProxyMicroseconds, double? WorkersMicroseconds)
{
    public double TotalMicroseconds => ClientMicroseconds + (ProxyMicroseconds ?? 0) + (WorkersMicroseconds ?? 0);

    /// <summary>Null where no run has a right operation.</summary>
    public static Cost? Of(Cell cell)
    {
        var runs = cell.Runs.Where(run => run.Record.Operations > 0).Select(run => run.Record).ToList();
        if (runs.Count == 0) return null;
        double? Median(Func<CpuSecondsRecord, double?> seconds)
        {
            var costs = runs.Select(run => seconds(run.CpuSeconds) * 1e6 / run.Operations).OfType<double>().ToList();
            return costs.Count == 0 ? null : costs.Median();
        }

        return new Cost(
            Median(cpu => cpu.Client)!.Value, Median(cpu => cpu.Proxy),
            Median(cpu => cpu.Workers is { Count: > 0 } workers ? workers.Sum() : null));
    }
}
