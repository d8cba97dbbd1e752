using MultiProc.Balancing;
using MultiProc.Pooling;

namespace MultiProc;

/// <summary>How the whole is: which processes there are, whom requests reach, and what others may read of it.</summary>
internal sealed class Overview(Pool pool, Haproxy? haproxy, Nginx? nginx)
{
    /// <summary>Whether everything was ready once, whatever happened since.</summary>
    public bool WasReady { get; private set; }

    /// <summary>HAProxy, or what was asked for in its place; null when clients reach the workers themselves.</summary>
    public SupervisedProcess? Proxy => haproxy?.Process ?? nginx?.Process;

    public string NameOfProxy => haproxy is null ? "nginx" : "HAProxy";

    /// <summary>The proxy goes first: it must be there to take requests in, and out, of workers' hands.</summary>
    public IEnumerable<SupervisedProcess> Processes =>
        (Proxy is null ? [] : new[] { Proxy }).Concat(pool.Workers.Select(worker => worker.Process));

    /// <summary>Whether requests reach the worker.</summary>
    public bool IsServing(Worker worker) =>
        worker.Process.State == ProcessState.Ready && (haproxy is null || haproxy.SlotOf(worker) == SlotState.Ready);

    public Snapshot Take(bool isStopping, bool isChanging)
    {
        var state = State(isStopping, isChanging);
        WasReady |= state == SupervisorState.Ready;
        return new Snapshot(
            state,
            pool.Target,
            [.. pool.Workers.Select(WorkerSnapshot.Of)],
            haproxy is null ? null : ProcessSnapshot.Of(haproxy.Process),
            nginx is null ? null : ProcessSnapshot.Of(nginx.Process));
    }

    private SupervisorState State(bool isStopping, bool isChanging) =>
        isStopping ? SupervisorState.Stopping
        : IsReady() && !isChanging ? SupervisorState.Ready
        : Processes.Any(process => process.State == ProcessState.Failed) ? SupervisorState.Degraded
        : !WasReady || isChanging ? SupervisorState.Starting
        : SupervisorState.Degraded;

    private bool IsReady() =>
        pool.Fits && pool.Workers.All(IsServing) && Proxy is null or { State: ProcessState.Ready };
}
