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

    /// <summary>
    /// The part of the time that the processors had, in which they were busy, by /proc/stat; null where nobody read it.
    /// </summary>
    public double? BusyRatio { get; init; }

    /// <summary>The part of the time that other machines on the same host took.</summary>
    public double? StealRatio { get; init; }

    /// <summary>The part of the time in which processors were idle because a disk was waited for.</summary>
    public double? DiskWaitRatio { get; init; }

    /// <summary>
    /// How busy the machine was; from the components alone it is less than the truth, as the kernel's own work is not in
    /// it.
    /// </summary>
    public double MachineRatio => BusyRatio ?? (ClientCores + (ProxyCores ?? 0) + (WorkersCores ?? 0)) / MachineCores;

    /// <summary>Null where a cell has no runs of its own.</summary>
    public static Usage? Of(Cell cell)
    {
        if (cell.Runs.Count == 0) return null;
        double? OfRuns(Func<RunRecord, double?> figure)
        {
            var figures = cell.Runs.Select(run => figure(run.Record)).OfType<double>().Where(double.IsFinite).ToList();
            return figures.Count == 0 ? null : figures.Median();
        }

        double? Median(Func<CpuSecondsRecord, double?> seconds) => OfRuns(run => seconds(run.CpuSeconds) / run.ElapsedSeconds);
        return new Usage
        {
            ClientCores = Median(cpu => cpu.Client)!.Value,
            ProxyCores = Median(cpu => cpu.Proxy),
            WorkersCores = Median(cpu => cpu.Workers is { Count: > 0 } workers ? workers.Sum() : null),
            BusiestWorkerCores = Median(cpu => cpu.Workers is { Count: > 0 } workers ? workers.Max() : null),
            BusyRatio = OfRuns(run => run.MachineCpu is { } cpu ? cpu.BusySeconds / (All(cpu) - cpu.StealSeconds) : null),
            StealRatio = OfRuns(run => run.MachineCpu is { } cpu ? cpu.StealSeconds / All(cpu) : null),
            DiskWaitRatio = OfRuns(run => run.MachineCpu is { } cpu ? cpu.IoWaitSeconds / All(cpu) : null),
            MachineCores = cell.Runs.Max(run => run.Record.Machine.Cores),
        };
    }

    private static double All(MachineCpuRecord cpu) => cpu.BusySeconds + cpu.IdleSeconds + cpu.IoWaitSeconds + cpu.StealSeconds;
}
