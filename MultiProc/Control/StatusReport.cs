using System.Text.Json;
using System.Text.Json.Serialization;
using MultiProc.Processes;

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
        var nginxRequests = await supervisor.CountNginxRequestsAsync(cancellation);
        var ownCounts = counters?.Requests is null ? await supervisor.Counting.CountAsync(snapshot.Workers, cancellation) : null;
        return new StatusReport
        {
            Pid = System.Environment.ProcessId,
            Procs = snapshot.Procs,
            State = NameOf(snapshot.State),
            Workers = [.. snapshot.Workers.Select(worker => Report(worker, RequestsOf(worker)))],
            Haproxy = snapshot.Haproxy is { } haproxy ? Report(haproxy, settings.Port, counters?.Requests) : null,
            Nginx = snapshot.Nginx is { } nginx ? Report(nginx, settings.Port, nginxRequests) : null,
            Environment = settings.Environment,
            Limits = new LimitsReport(
                settings.Limits.CpuCores,
                settings.Limits.CpuAfter?.TotalSeconds,
                settings.Limits.MemoryMiB,
                settings.Cpus.IsEmpty ? null : settings.Cpus),
        };

        long? RequestsOf(WorkerSnapshot worker) =>
            counters?.Slots.GetValueOrDefault(worker.Name)?.Requests
            ?? (ownCounts?.TryGetValue(worker.Index, out var own) == true ? own : null);
    }

    private static WorkerReport Report(WorkerSnapshot worker, long? requests) =>
        new(Report(worker.Process, worker.Port, requests))
        {
            Index = worker.Index,
        };

    private static ProcessReport Report(ProcessSnapshot process, int port, long? requests) => new()
    {
        Port = port,
        Pid = process.Pid,
        State = NameOf(process.State),
        Restarts = process.Restarts,
        CpuSeconds = process.Cpu.Read()?.TotalSeconds,
        RssBytes = process.Pid is { } pid ? ProcFile.ResidentBytes(pid) : null,
        Requests = requests,
    };

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
    /// User and system time, of those before it too when it was started again: of each as it was last seen, at most five
    /// seconds before its end.
    /// </summary>
    public required double? CpuSeconds { get; init; }

    public required long? RssBytes { get; init; }

    /// <summary>
    /// Of a worker, requests that HAProxy handed to it; of HAProxy, those that it took. Restarts of either do not begin
    /// them anew; those that a HAProxy took after it was last asked are lost with it. Where the way in counts none, what the
    /// worker counted since it started, if it was asked for (--request-counter).
    /// </summary>
    public required long? Requests { get; init; }
}

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
}

/// <summary>What each worker may use; null where it is not limited.</summary>
internal sealed record LimitsReport(double? CpuCores, double? CpuAfterSeconds, int? MemoryMiB, IReadOnlyList<int>? Cpus);
