using System.Collections.Immutable;
using System.Text.Json;
using MultiProc.Configuration;
using MultiProc.Metering;
using MultiProc.Processes;
using MultiProc.Snapshots;
using MultiProc.Supervising;
using StudyResults;

namespace MultiProc.Control;

/// <summary>Looks at everything that runs, for GET /status.</summary>
internal static class StatusCollector
{
    /// <summary>Looks at the processes and asks HAProxy for its counters, now.</summary>
    public static async Task<StatusReport> CollectAsync(
        Supervisor supervisor, WorkerCounting counting, CancellationToken cancellation)
    {
        var counters = await supervisor.CountRequestsAsync(cancellation);
        var snapshot = supervisor.Snapshot;
        var settings = supervisor.Settings;
        // Finds the trees that the kernel does not keep together.
        ProcessMeter.LookForAll(
            snapshot.Workers.Select(worker => worker.Process).Append(snapshot.Proxy).Append(snapshot.Store)
                .OfType<ProcessSnapshot>().Select(process => process.Meter));
        // Where the way in does not tell workers apart.
        var ownCounts = counters is { Requests: not null, Slots.Count: > 0 }
            ? null
            : await counting.CountAsync(snapshot.Workers, cancellation);
        return new StatusReport
        {
            Pid = Environment.ProcessId,
            Procs = snapshot.Procs,
            State = NameOf(snapshot.State),
            WayIn = settings.WayIn.Name,
            Serving = [.. snapshot.Workers.Where(IsServing).Select(worker => worker.Index)],
            Software = supervisor.Software,
            Command = settings.Command,
            Workers = [.. snapshot.Workers.Select(worker => Report(worker, IsServing(worker), RequestsOf(worker)))],
            Store = snapshot.Store is { } store
                ? new StoreReport(Report(store, settings.StorePort, requests: null), supervisor.Store!.Name)
                {
                    Url = supervisor.Store.Url,
                }
                : null,
            Haproxy = ReportOf(ProxyKind.Haproxy),
            Nginx = ReportOf(ProxyKind.Nginx),
            Environment = settings.Environment,
            Limits = new LimitsReport(
                supervisor.CurrentLimits.WorkerCores,
                settings.MemoryLimitMiB,
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
        ProcFile.AllowedCpus(pid) is { } list ? CpuList.Parse(list) : null;

    private static string NameOf<T>(T state) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}
