using MultiProc.Configuration;
using MultiProc.ControlGroups;
using MultiProc.Keeping;

namespace MultiProc.Limits;

/// <summary>
/// Limits processes as the command line, and later POST /limit, want it. A process keeps its limit when it is started again.
/// </summary>
internal sealed class Limiter(int? memoryMiB, ComponentLimits initially)
{
    /// <summary>What is wanted now.</summary>
    public ComponentLimits Wanted { get; private set; } = initially;

    /// <summary>Whether the wanted limits can be set here; what is wrong and what to do, or null.</summary>
    public string? FindProblem(GroupMaker maker)
    {
        var cores = Wanted.WorkerCores ?? Wanted.ProxyCores ?? Wanted.StoreCores;
        if (memoryMiB is null && cores is null) return null;
        // Not a worker's own: with version 2 that would be limited from its start.
        var trial = maker.For("try");
        return (memoryMiB is { } mebibytes ? trial.LimitMemory(mebibytes) : null) ?? trial.LimitCpu(cores, () => []);
    }

    /// <summary>Limits a worker that is to be started for the first time.</summary>
    public string? ConfineWorker(ProcessGroups groups) =>
        (memoryMiB is { } mebibytes ? groups.LimitMemory(mebibytes) : null) ?? groups.LimitCpu(Wanted.WorkerCores, () => []);

    /// <summary>Limits the store and the proxy before they are started for the first time.</summary>
    public string? ConfineOthers(SupervisedProcess? store, SupervisedProcess? proxy) =>
        store?.Groups.LimitCpu(Wanted.StoreCores, () => []) ?? proxy?.Groups.LimitCpu(Wanted.ProxyCores, () => []);

    /// <summary>
    /// Sets other limits at once: what is wrong and what to do, or null. What was refused is not what later workers get.
    /// </summary>
    public string? Change(
        ComponentLimits wanted, IEnumerable<SupervisedProcess> workers, SupervisedProcess? store, SupervisedProcess? proxy)
    {
        string? problem = null;
        foreach (var worker in workers) problem ??= Set(worker, wanted.WorkerCores);
        if (store is not null) problem ??= Set(store, wanted.StoreCores);
        if (proxy is not null) problem ??= Set(proxy, wanted.ProxyCores);
        if (problem is null) Wanted = wanted;
        return problem;
    }

    private static string? Set(SupervisedProcess process, double? cores) => process.Groups.LimitCpu(cores, process.Meter.Members);
}
