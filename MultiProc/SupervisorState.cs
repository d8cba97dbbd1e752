using MultiProc.Processes;

namespace MultiProc;

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
    ProcessSnapshot? Haproxy,
    ProcessSnapshot? Nginx = null);

/// <summary>One worker in a <see cref="Snapshot"/>.</summary>
internal sealed record WorkerSnapshot(int Index, string Name, int Port, ProcessSnapshot Process)
{
    public static WorkerSnapshot Of(Worker worker) =>
        new(worker.Index, worker.Name, worker.Port, ProcessSnapshot.Of(worker.Process));
}

/// <summary>One process in a <see cref="Snapshot"/>; the pid is null while it does not run, and the meter goes on.</summary>
internal sealed record ProcessSnapshot(int? Pid, ProcessState State, int Restarts, CpuMeter Cpu)
{
    public static ProcessSnapshot Of(SupervisedProcess process) =>
        new(process.Pid, process.State, process.Restarts, process.Cpu);
}
