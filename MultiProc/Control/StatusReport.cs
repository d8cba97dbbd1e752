using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MultiProc.Metering;
using MultiProc.Processes;
using MultiProc.WaysIn;

namespace MultiProc.Control;

/// <summary>The answer to GET /status. Scripts and RequestClient read it: names and units are a contract.</summary>
internal sealed record StatusReport
{
    /// <summary>The supervisor's pid.</summary>
    public required int Pid { get; init; }

    /// <summary>Workers asked for.</summary>
    public required int Procs { get; init; }

    /// <summary>starting, ready, degraded or stopping.</summary>
    public required string State { get; init; }

    /// <summary>Those that are leaving included.</summary>
    public required IReadOnlyList<WorkerReport> Workers { get; init; }

    /// <summary>Null when workers run without one.</summary>
    public required ProcessReport? Haproxy { get; init; }

    /// <summary>Null unless it is the way in.</summary>
    public ProcessReport? Nginx { get; init; }

    /// <summary>How requests come to the workers: none, direct, reuseport, haproxy, haproxy-unix, ... or nginx.</summary>
    public required string WayIn { get; init; }

    /// <summary>The workers that requests reach, by index.</summary>
    public required IReadOnlyList<int> Serving { get; init; }

    /// <summary>Names and versions of what stands between clients and workers; empty when nothing does.</summary>
    public required IReadOnlyList<string> Software { get; init; }

    /// <summary>The workers' command, with its placeholders.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>What the workers share; null without one.</summary>
    public StoreReport? Store { get; init; }

    /// <summary>What workers were given in their environment: what the runtime was told to assume, and --env.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>What each worker may use.</summary>
    public required LimitsReport Limits { get; init; }

    /// <summary>Looks at the processes and asks HAProxy for its counters, now.</summary>
    public static async Task<StatusReport> CollectAsync(Supervisor supervisor, CancellationToken cancellation)
    {
        var counters = await supervisor.CountRequestsAsync(cancellation);
        var snapshot = supervisor.Snapshot;
        var settings = supervisor.Settings;
        LookAtTrees(snapshot);
        // Where the way in does not tell workers apart.
        var ownCounts = counters is not { Requests: not null, Slots.Count: > 0 } ? await supervisor.Counting.CountAsync(snapshot.Workers, cancellation) : null;
        return new StatusReport
        {
            Pid = System.Environment.ProcessId,
            Procs = snapshot.Procs,
            State = NameOf(snapshot.State),
            WayIn = settings.WayIn.Name,
            Serving = [.. snapshot.Workers.Where(IsServing).Select(worker => worker.Index)],
            Software = supervisor.Software,
            Command = settings.Command,
            Workers = [.. snapshot.Workers.Select(worker => Report(worker, IsServing(worker), RequestsOf(worker)))],
            Store = snapshot.Store is { } store
                ? new StoreReport(Report(store, settings.StorePort, requests: null), supervisor.Store!.Name) { Url = supervisor.Store.Url }
                : null,
            Haproxy = ReportOf(ProxyKind.Haproxy),
            Nginx = ReportOf(ProxyKind.Nginx),
            Environment = settings.Environment,
            Limits = new LimitsReport(
                supervisor.CurrentLimits.WorkerCores,
                settings.Limits.CpuAfter?.TotalSeconds,
                settings.Limits.MemoryMiB,
                settings.Cpus.IsEmpty ? null : settings.Cpus),
        };

        bool IsServing(WorkerSnapshot worker) =>
            worker.IsServing && counters?.Slots.GetValueOrDefault(worker.Name) is not { IsDown: true };

        ProcessReport? ReportOf(ProxyKind kind) =>
            settings.WayIn.Proxy == kind && snapshot.Proxy is { } proxy ? Report(proxy, settings.Port, counters?.Requests) : null;

        long? RequestsOf(WorkerSnapshot worker) =>
            counters?.Slots.GetValueOrDefault(worker.Name)?.Requests
            ?? (ownCounts?.TryGetValue(worker.Index, out var own) == true ? own : null);
    }

    private static WorkerReport Report(WorkerSnapshot worker, bool isServing, long? requests) =>
        new(Report(worker.Process, worker.Port, requests))
        {
            Index = worker.Index,
            Serving = isServing,
        };

    private static ProcessReport Report(ProcessSnapshot process, int port, long? requests)
    {
        var threads = ThreadUsage.Of(process.Meter.Members());
        return new ProcessReport
        {
            Port = port,
            Pid = process.Pid,
            State = NameOf(process.State),
            Restarts = process.Restarts,
            CpuSeconds = process.Meter.Cpu()?.TotalSeconds,
            RssBytes = process.Pid is { } pid ? ProcFile.ResidentBytes(pid) : null,
            Requests = requests,
            Limits = new ProcessLimitsReport(
                process.Groups.CpuCores(), process.Groups.MemoryMiB(), process.Pid is { } root ? AllowedCpus(root) : null),
            Throttled = process.Groups.Throttling() is { } throttling
                ? new ThrottledReport(throttling.Periods, throttling.ThrottledPeriods, throttling.Seconds)
                : null,
            BusiestThreads = [.. threads.Busiest.Select(thread => new ThreadReport(thread.Tid, thread.Cpu.TotalSeconds))],
            LastWords = process.LastWords,
            RunQueueWaitSeconds = threads.RunQueueWait.TotalSeconds,
        };
    }

    private static ImmutableArray<int>? AllowedCpus(int pid) =>
        ProcFile.AllowedCpus(pid) is { } list ? CpuList.TryParse(list) : null;

    /// <summary>Finds the trees that the kernel does not keep together.</summary>
    private static void LookAtTrees(Snapshot snapshot)
    {
        var meters = snapshot.Workers.Select(worker => worker.Process).Append(snapshot.Proxy).Append(snapshot.Store)
            .Select(process => process?.Meter).OfType<ProcessMeter>().Where(meter => meter.NeedsTable).ToList();
        if (meters.Count == 0) return;
        var table = ProcessTable.Look();
        foreach (var meter in meters) meter.Look(table);
    }

    private static string NameOf<T>(T state) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}

/// <summary>One process: figures are null where nobody can tell.</summary>
internal record ProcessReport
{
    public required int Port { get; init; }

    public required int? Pid { get; init; }

    /// <summary>waiting, starting, ready, draining, stopping, failed or stopped.</summary>
    public required string State { get; init; }

    /// <summary>Starts that followed an exit that nobody asked for.</summary>
    public required int Restarts { get; init; }

    /// <summary>
    /// User and system time of it and of all that it started, of those before it too when it was started again. Where there
    /// are no control groups, of each that ended as it was last seen, at most five seconds before its end.
    /// </summary>
    public required double? CpuSeconds { get; init; }

    public required long? RssBytes { get; init; }

    /// <summary>
    /// Of a worker, requests that HAProxy handed to it; of HAProxy, those that it took. Restarts of either do not begin
    /// them anew; those that a HAProxy took after it was last asked are lost with it. Where the way in counts none, what the
    /// worker counted since it started, if it was asked for (--request-counter).
    /// </summary>
    public required long? Requests { get; init; }

    /// <summary>The limits in force, as the kernel has them.</summary>
    public required ProcessLimitsReport Limits { get; init; }

    /// <summary>What the limit of processor time did; null without one.</summary>
    public required ThrottledReport? Throttled { get; init; }

    /// <summary>The busiest threads of it and of all that it started, at most eight, the busiest first.</summary>
    public required IReadOnlyList<ThreadReport> BusiestThreads { get; init; }

    /// <summary>What it printed last, at most five lines: mostly why it ended.</summary>
    public required IReadOnlyList<string> LastWords { get; init; }

    /// <summary>How long its threads that live, and those of all that it started, were ready to run and did not.</summary>
    public required double RunQueueWaitSeconds { get; init; }
}

/// <summary>Limits of one process and of all that it started; null where there is none, the processors also while it does not run.</summary>
internal sealed record ProcessLimitsReport(double? CpuCores, int? MemoryMiB, IReadOnlyList<int>? Cpus);

/// <summary>Periods in which it wanted to run, those in which its limit made it wait, and for how long.</summary>
internal sealed record ThrottledReport(long Periods, long ThrottledPeriods, double Seconds);

/// <summary>One thread, and its user and system time.</summary>
internal sealed record ThreadReport(int Tid, double CpuSeconds);

/// <summary>One worker.</summary>
internal sealed record WorkerReport : ProcessReport
{
    public WorkerReport()
    {
    }

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public WorkerReport(ProcessReport process)
        : base(process)
    {
    }

    /// <summary>From 1.</summary>
    [JsonPropertyOrder(-1)]
    public required int Index { get; init; }

    /// <summary>Whether requests reach it.</summary>
    public required bool Serving { get; init; }
}

/// <summary>The store that the workers share.</summary>
internal sealed record StoreReport : ProcessReport
{
    [JsonConstructor]
    public StoreReport()
    {
    }

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public StoreReport(ProcessReport process, string name)
        : base(process) => Name = name;

    /// <summary>Its command's name: redis, postgresql, ...</summary>
    [JsonPropertyOrder(-1)]
    public required string Name { get; init; }

    /// <summary>What it said that clients are to use; null until it has.</summary>
    public required string? Url { get; init; }
}

/// <summary>What each worker may use; null where it is not limited.</summary>
internal sealed record LimitsReport(double? CpuCores, double? CpuAfterSeconds, int? MemoryMiB, IReadOnlyList<int>? Cpus);
