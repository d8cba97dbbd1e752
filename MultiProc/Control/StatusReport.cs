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

    public required IReadOnlyList<WorkerReport> Workers { get; init; }

    /// <summary>Null when workers run without one.</summary>
    public required ProcessReport? Haproxy { get; init; }

    /// <summary>Looks at the processes and asks HAProxy for its counters, now.</summary>
    public static async Task<StatusReport> CollectAsync(Supervisor supervisor, CancellationToken cancellation)
    {
        var counters = await supervisor.CountRequestsAsync(cancellation);
        var snapshot = supervisor.Snapshot;
        return new StatusReport
        {
            Pid = Environment.ProcessId,
            Procs = snapshot.Workers.Count,
            State = NameOf(snapshot.State),
            Workers = [.. snapshot.Workers.Select(worker => new WorkerReport
            {
                Index = worker.Index,
                Port = worker.Port,
                Pid = worker.Process.Pid,
                State = NameOf(worker.Process.State),
                Restarts = worker.Process.Restarts,
                CpuSeconds = CpuSecondsOf(worker.Process),
                RssBytes = RssBytesOf(worker.Process),
                Requests = counters?.RequestsBySlot.TryGetValue(worker.Name, out var requests) == true ? requests : null,
            })],
            Haproxy = snapshot.Haproxy is not { } haproxy ? null : new ProcessReport
            {
                Port = supervisor.Port,
                Pid = haproxy.Pid,
                State = NameOf(haproxy.State),
                Restarts = haproxy.Restarts,
                CpuSeconds = CpuSecondsOf(haproxy),
                RssBytes = RssBytesOf(haproxy),
                Requests = counters?.Requests,
            },
        };
    }

    private static string NameOf<T>(T state) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    private static double? CpuSecondsOf(ProcessSnapshot process) => process.Pid is { } pid ? Posix.CpuTimeOf(pid)?.TotalSeconds : null;

    private static long? RssBytesOf(ProcessSnapshot process) => process.Pid is { } pid ? ProcFile.ResidentBytes(pid) : null;
}

/// <summary>One process: figures are null while it does not run or nobody can tell.</summary>
internal record ProcessReport
{
    public required int Port { get; init; }

    public required int? Pid { get; init; }

    /// <summary>waiting, starting, ready, stopping, failed or stopped.</summary>
    public required string State { get; init; }

    /// <summary>Starts that followed an exit that nobody asked for.</summary>
    public required int Restarts { get; init; }

    /// <summary>User and system time of the process that runs now, since it started.</summary>
    public required double? CpuSeconds { get; init; }

    public required long? RssBytes { get; init; }

    /// <summary>Of a worker: requests that HAProxy handed to it; of HAProxy: requests that it took. Since HAProxy started.</summary>
    public required long? Requests { get; init; }
}

/// <summary>One worker.</summary>
internal sealed record WorkerReport : ProcessReport
{
    /// <summary>From 1.</summary>
    [JsonPropertyOrder(-1)]
    public required int Index { get; init; }
}

/// <summary>What travels over the control socket, compiled rather than reflected: the supervisor must start fast.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatusReport))]
internal sealed partial class ControlJson : JsonSerializerContext;
