using MathNet.Numerics.Statistics;
using StudyResults;

namespace Graph.Analysis.Limits;

/// <summary>
/// What a cell used of the machine: medians over its runs of CPU seconds per second, so that 1 is one processor. Null is what
/// nobody measured.
/// </summary>
internal sealed record Usage
{
    public required double ClientCores { get; init; }

    public double? ProxyCores { get; init; }

    /// <summary>All workers together.</summary>
    public double? WorkersCores { get; init; }

    /// <summary>The worker that used the most.</summary>
    public double? BusiestWorkerCores { get; init; }

    /// <summary>Processors of the machine.</summary>
    public required int MachineCores { get; init; }

    /// <summary>All that is known to have been used, of all processors: less than the truth, as the kernel's own work is not in it.</summary>
    public double MachineRatio => (ClientCores + (ProxyCores ?? 0) + (WorkersCores ?? 0)) / MachineCores;

    /// <summary>Null where a cell has no runs of its own.</summary>
    public static Usage? Of(Cell cell)
    {
        if (cell.Runs.Count == 0) return null;
        double? Median(Func<CpuSecondsRecord, double?> seconds)
        {
            var ratios = cell.Runs.Select(run => seconds(run.Record.CpuSeconds) / run.Record.ElapsedSeconds).OfType<double>().ToList();
            return ratios.Count == 0 ? null : ratios.Median();
        }

        return new Usage
        {
            ClientCores = Median(cpu => cpu.Client)!.Value,
            ProxyCores = Median(cpu => cpu.Proxy),
            WorkersCores = Median(cpu => cpu.Workers is { Count: > 0 } workers ? workers.Sum() : null),
            BusiestWorkerCores = Median(cpu => cpu.Workers is { Count: > 0 } workers ? workers.Max() : null),
            MachineCores = cell.Runs.Max(run => run.Record.Machine.Cores),
        };
    }
}
