using MultiProc.Keeping;
using MultiProc.Pooling;
using MultiProc.Snapshots;
using MultiProc.Stores;
using MultiProc.WaysIn;
using MultiProc.Workers;

namespace MultiProc.Supervising;

/// <summary>How the whole is: which processes there are, whom requests reach, and what others may read of it.</summary>
internal sealed class Condition(Pool pool, IWayIn wayIn, SharedStore? store)
{
    /// <summary>Whether everything was ready once, whatever happened since.</summary>
    public bool WasReady { get; private set; }

    /// <summary>
    /// The store goes first: workers need it to start. Then the proxy, which must be there to take requests in, and out, of
    /// workers' hands.
    /// </summary>
    public IEnumerable<SupervisedProcess> Processes =>
        new[] { store?.Process, wayIn.Proxy }.OfType<SupervisedProcess>().Concat(pool.Workers.Select(worker => worker.Process));

    /// <summary>Whether the worker is ready, and gets requests if it is to.</summary>
    public bool IsInPlace(Worker worker) =>
        worker.Process.State == ProcessState.Ready && wayIn.SlotOf(worker) == worker.WantedSlot;

    public Snapshot Take(bool isStopping, bool isChanging)
    {
        var state = State(isStopping, isChanging);
        WasReady |= state == SupervisorState.Ready;
        return new Snapshot(
            state,
            pool.Target,
            [.. pool.Workers.Select(worker => WorkerSnapshot.Of(worker, IsInPlace(worker) && worker.IsChosen))],
            wayIn.Proxy is { } proxy ? ProcessSnapshot.Of(proxy) : null,
            store is null ? null : ProcessSnapshot.Of(store.Process));
    }

    private SupervisorState State(bool isStopping, bool isChanging) =>
        isStopping ? SupervisorState.Stopping
        : IsReady() && !isChanging ? SupervisorState.Ready
        : Processes.Any(process => process.State == ProcessState.Failed || process.HasFailedToStart) ? SupervisorState.Degraded
        : !WasReady || isChanging ? SupervisorState.Starting
        : SupervisorState.Degraded;

    private bool IsReady() =>
        pool.Fits
        && pool.Workers.All(IsInPlace)
        && wayIn.Proxy is null or { State: ProcessState.Ready }
        && store is null or { Process.State: ProcessState.Ready };
}
