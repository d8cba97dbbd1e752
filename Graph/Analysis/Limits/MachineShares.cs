using Graph.Analysis.Scenarios;
using StudyResults;

namespace Graph.Analysis.Limits;

/// <summary>
/// Whose work kept the machine's processors busy, in processors: means over the runs of a cell, so that the parts add up to
/// the whole. Null is what nobody measured.
/// </summary>
internal sealed record MachineShares
{
    public double? WorkersCores { get; init; }

    public double? StoreCores { get; init; }

    public double? ProxyCores { get; init; }

    public double? ClientCores { get; init; }

    /// <summary>The kernel's work that it charged to no process; null where it does not tell how much that is.</summary>
    public double? KernelCores { get; init; }

    /// <summary>What is left: others' work, and the kernel's where that is not known.</summary>
    public double? OthersCores { get; init; }

    /// <summary>Processors of the machine.</summary>
    public required int MachineCores { get; init; }

    /// <summary>Null where a cell has no runs of its own.</summary>
    public static MachineShares? Of(Cell cell)
    {
        if (cell.Runs.Count == 0) return null;
        double? Cores(Func<RunRecord, double?> seconds) => cell.Mean(run => seconds(run) / run.ElapsedSeconds);

        return new MachineShares
        {
            WorkersCores = Cores(run => run.CpuSeconds.Workers?.Sum()),
            StoreCores = Cores(run => run.CpuSeconds.Store),
            ProxyCores = Cores(run => run.CpuSeconds.Proxy),
            ClientCores = Cores(run => run.CpuSeconds.Client),
            KernelCores = Cores(Kernel),
            OthersCores = Cores(run => Unexplained(run) - (Kernel(run) ?? 0)),
            MachineCores = cell.Runs.Max(run => run.Record.Machine.Cores),
        };
    }

    /// <summary>Busy time that is nobody's of ours; clocks of 10 ms may make it seem less than nothing.</summary>
    private static double? Unexplained(RunRecord run) => run.MachineCpu is { } cpu
        ? Math.Max(0, cpu.BusySeconds - run.CpuSeconds.Sum())
        : null;

    /// <summary>
    /// Interrupts' later halves are charged to whoever ran just then, or to nobody: only the latter is left over.
    /// </summary>
    private static double? Kernel(RunRecord run) =>
        run.MachineCpu?.SoftirqSeconds is { } softirq ? Math.Min(softirq, Unexplained(run) ?? 0) : null;
}
