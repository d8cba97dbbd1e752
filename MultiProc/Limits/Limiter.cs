using MultiProc.Configuration;
using MultiProc.ControlGroups;
using MultiProc.Keeping;

namespace MultiProc.Limits;

/// <summary>
/// Limits processes as the command line, and later POST /limit, want it. A process keeps its limit when it is started
/// again, but where the limit is to begin only some time after that: then compiling does not eat it.
/// </summary>
internal sealed class Limiter(WorkerLimits limits, ComponentLimits initially)
{
    private readonly Dictionary<SupervisedProcess, int> _limitedStarts = [];

    /// <summary>What is wanted now.</summary>
    public ComponentLimits Wanted { get; private set; } = initially;

    /// <summary>Whether the wanted limits can be set here; what is wrong and what to do, or null.</summary>
    public string? FindProblem(GroupMaker maker)
    {
        var cores = Wanted.WorkerCores ?? Wanted.ProxyCores ?? Wanted.StoreCores;
        if (limits.MemoryMiB is null && cores is null) return null;
        // Not a worker's own: with version 2 that would be limited from its start.
        var trial = maker.For("try");
        return (limits.MemoryMiB is { } mebibytes ? trial.LimitMemory(mebibytes) : null) ?? trial.LimitCpu(cores, () => []);
    }

    /// <summary>Limits a worker that is to be started for the first time.</summary>
    public string? ConfineWorker(ProcessGroups groups) =>
        (limits.MemoryMiB is { } mebibytes ? groups.LimitMemory(mebibytes) : null)
        ?? groups.LimitCpu(limits.CpuAfter is null ? Wanted.WorkerCores : null, () => []);

    /// <summary>Limits the store and the proxy before they are started for the first time.</summary>
    public string? ConfineOthers(SupervisedProcess? store, SupervisedProcess? proxy) =>
        store?.Groups.LimitCpu(Wanted.StoreCores, () => []) ?? proxy?.Groups.LimitCpu(Wanted.ProxyCores, () => []);

    /// <summary>Sets other limits at once: what is wrong and what to do, or null.</summary>
    public string? Change(
        ComponentLimits wanted, IEnumerable<SupervisedProcess> workers, SupervisedProcess? store, SupervisedProcess? proxy)
    {
        Wanted = wanted;
        string? problem = null;
        foreach (var worker in workers)
        {
            problem ??= Set(worker, wanted.WorkerCores);
            _limitedStarts[worker] = worker.Starts;
        }

        if (store is not null) problem ??= Set(store, wanted.StoreCores);
        if (proxy is not null) problem ??= Set(proxy, wanted.ProxyCores);
        return problem;
    }

    /// <summary>When a worker's limit begins; null when that is over or not near.</summary>
    public TimeSpan? NextDue(SupervisedProcess worker) =>
        limits.CpuAfter is { } after && worker.State == ProcessState.Ready && !IsLimited(worker) ? worker.ReadyAt + after : null;

    /// <summary>Starts a worker without a limit where it is to begin later, and limits it when the time has come.</summary>
    public void LimitIfDue(SupervisedProcess worker, TimeSpan now)
    {
        if (limits.CpuAfter is null || IsLimited(worker)) return;
        if (worker.State == ProcessState.Starting && _limitedStarts.Remove(worker)) Set(worker, cores: null);
        if (NextDue(worker) is not { } due || now < due) return;
        Set(worker, Wanted.WorkerCores);
        _limitedStarts[worker] = worker.Starts;
    }

    private static string? Set(SupervisedProcess process, double? cores) => process.Groups.LimitCpu(cores, process.Meter.Members);

    private bool IsLimited(SupervisedProcess worker) =>
        _limitedStarts.TryGetValue(worker, out var start) && start == worker.Starts;
}
