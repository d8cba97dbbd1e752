using MultiProc.ControlGroups;
using MultiProc.Keeping;
using MultiProc.Metering;
using MultiProc.Workers;

namespace MultiProc.Snapshots;

/// <summary>How the whole is doing.</summary>
internal enum SupervisorState
{
    /// <summary>What was asked for is not ready yet: at first, or while workers are replaced, added or taken away.</summary>
    Starting,

    /// <summary>Every worker answers and gets requests.</summary>
    Ready,

    /// <summary>It was ready, and something is missing that nobody took away; or something fails to start repeatedly.</summary>
    Degraded,

    Stopping,
}

/// <summary>The whole as the loop left it: what other threads may read.</summary>
internal sealed record Snapshot(
    SupervisorState State,
    int Procs,
    IReadOnlyList<WorkerSnapshot> Workers,
    ProcessSnapshot? Proxy,
    ProcessSnapshot? Store = null);

/// <summary>One worker in a <see cref="Snapshot"/>.</summary>
/// <param name="Index">From 1.</param>
/// <param name="Name">Its name in logs.</param>
/// <param name="Port">Where it listens.</param>
/// <param name="IsServing">Whether requests reach it.</param>
/// <param name="Process">How it is.</param>
internal sealed record WorkerSnapshot(int Index, string Name, int Port, bool IsServing, ProcessSnapshot Process)
{
    public static WorkerSnapshot Of(Worker worker, bool isServing) =>
        new(worker.Index, worker.Name, worker.Port, isServing, ProcessSnapshot.Of(worker.Process));
}

/// <summary>One process in a <see cref="Snapshot"/>; the pid is null while it does not run, and meter and groups go on.</summary>
internal sealed record ProcessSnapshot(
    int? Pid, ProcessState State, int Restarts, ProcessMeter Meter, ProcessGroups Groups, IReadOnlyList<string> LastWords)
{
    public static ProcessSnapshot Of(SupervisedProcess process) =>
        new(process.Pid, process.State, process.Restarts, process.Meter, process.Groups, process.LastWords);
}
