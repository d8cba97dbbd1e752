using Graph.Analysis.Scenarios;
using StudyResults;

namespace Graph.Analysis.Limits;

/// <summary>What a cell used of the machine: medians over its runs. Null is what nobody measured.</summary>
internal sealed record Usage
{
    public ComponentUsage? Client { get; init; }

    public ComponentUsage? Proxy { get; init; }

    /// <summary>The worker that used the most.</summary>
    public ComponentUsage? BusiestWorker { get; init; }

    /// <summary>All workers together, in processors.</summary>
    public double? WorkersCores { get; init; }

    public ComponentUsage? Store { get; init; }

    /// <summary>Threads that the client spread its connections over.</summary>
    public int ClientThreads { get; init; } = 1;

    /// <summary>The client's busiest thread, or what each has where they share evenly.</summary>
    public double? ClientThreadCores => Client?.BusiestThreadCores ?? Client?.Cores / ClientThreads;

    /// <summary>Runs in which a thread of the client hardly ever waited, over all runs.</summary>
    public double? ClientSaturatedRatio { get; init; }

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

    /// <summary>The part of the time that went into the kernel's work on packets.</summary>
    public double? SoftirqRatio { get; init; }

    /// <summary>How long threads of ours were ready and had no processor, over that and their time on one.</summary>
    public double? RunQueueRatio { get; init; }

    /// <summary>The part of the window in which some task waited for a processor.</summary>
    public double? CpuPressureRatio { get; init; }

    /// <summary>The part of the window in which some task waited for a disk.</summary>
    public double? IoPressureRatio { get; init; }

    /// <summary>The processor time that an operation took: client, proxy, workers and store; null where none was right.</summary>
    public double? MicrosecondsPerOperation { get; init; }

    /// <summary>
    /// How busy the machine was; from the components alone it is less than the truth, as the kernel's own work is not in
    /// it.
    /// </summary>
    public double MachineRatio =>
        BusyRatio ?? ((Client?.Cores ?? 0) + (Proxy?.Cores ?? 0) + (WorkersCores ?? 0) + (Store?.Cores ?? 0)) / MachineCores;

    /// <summary>Null where a cell has no runs of its own.</summary>
    public static Usage? Of(Cell cell, Conditions conditions)
    {
        if (cell.Runs.Count == 0) return null;
        double? Cores(Func<RunRecord, double?> seconds) => cell.Median(run => seconds(run) / run.ElapsedSeconds);
        ComponentUsage? Of(
            Func<RunRecord, double?> cpu, Func<RunRecord, double?> thread, Func<RunRecord, ThrottlingRecord?> throttling, double? cap) =>
            Cores(cpu) is not { } cores ? null : new ComponentUsage
            {
                Cores = cores,
                BusiestThreadCores = Cores(thread),
                ThrottledRatio = cell.Median(
                    run => throttling(run) is { Periods: > 0 } cpuStat
                        ? (double)cpuStat.ThrottledPeriods / cpuStat.Periods
                        : null),
                CapCores = cap,
            };

        return new Usage
        {
            Client = Of(run => run.CpuSeconds.Client, run => run.BusiestThreadSeconds?.Client, _ => null, null),
            Proxy = Of(
                run => run.CpuSeconds.Proxy,
                run => run.BusiestThreadSeconds?.Proxy,
                run => run.Throttled?.Proxy,
                conditions.ProxyCpuLimit),
            BusiestWorker = Of(
                run => Busiest(run, run.CpuSeconds.Workers), run => Busiest(run, run.BusiestThreadSeconds?.Workers),
                run => IndexOfBusiest(run) is { } worker ? run.Throttled?.Workers?.ElementAtOrDefault(worker) : null, conditions.CpuLimit),
            WorkersCores = Cores(run => run.CpuSeconds.Workers is { Count: > 0 } workers ? workers.Sum() : null),
            Store = Of(
                run => run.CpuSeconds.Store,
                run => run.BusiestThreadSeconds?.Store,
                run => run.Throttled?.Store,
                conditions.StoreCpuLimit),
            ClientThreads = cell.Runs.Max(run => run.Record.Threads ?? 1),
            ClientSaturatedRatio = cell.Median(run => run.ClientSaturated is { } saturated ? saturated ? 1 : 0 : null),
            BusyRatio = cell.Median(run => run.MachineCpu is { } cpu ? cpu.BusySeconds / (cpu.Sum() - cpu.StealSeconds) : null),
            StealRatio = cell.Median(run => run.MachineCpu is { } cpu ? cpu.StealSeconds / cpu.Sum() : null),
            DiskWaitRatio = cell.Median(run => run.MachineCpu is { } cpu ? cpu.IoWaitSeconds / cpu.Sum() : null),
            SoftirqRatio = cell.Median(run => run.MachineCpu is { } cpu ? cpu.SoftirqSeconds / cpu.Sum() : null),
            RunQueueRatio = cell.Median(WaitingForProcessor),
            CpuPressureRatio = Cores(run => run.Pressure?.CpuSomeSeconds),
            IoPressureRatio = Cores(run => run.Pressure?.IoSomeSeconds),
            MicrosecondsPerOperation = cell.Median(
                run => run.Operations > 0 && run.CpuSeconds.Sum() is > 0 and var seconds ? seconds * 1e6 / run.Operations : null),
            MachineCores = cell.Runs.Max(run => run.Record.Machine.Cores),
        };
    }

    private static int? IndexOfBusiest(RunRecord run) => run.CpuSeconds.Workers is { Count: > 0 } workers
        ? Enumerable.Range(0, workers.Count).MaxBy(worker => workers[worker])
        : null;

    private static double? Busiest(RunRecord run, IReadOnlyList<double>? figures) =>
        figures is not null && IndexOfBusiest(run) is { } worker && worker < figures.Count ? figures[worker] : null;

    private static double? WaitingForProcessor(RunRecord run)
    {
        if (run.RunQueueWaitSeconds is not { Workers: { } workers } waits) return null;
        var waiting = workers.Sum() + (waits.Client ?? 0) + (waits.Proxy ?? 0) + (waits.Store ?? 0);
        return waiting / (waiting + run.CpuSeconds.Sum());
    }
}
