using MultiProc.Keeping;
using MultiProc.Processes;
using MultiProc.Workers;

namespace MultiProc.WaysIn;

/// <summary>Nothing stands in front of the workers: clients reach them as they are.</summary>
internal sealed class NoProxy : IWayIn
{
    public SupervisedProcess? Proxy => null;

    public string ProxyName => "no proxy";

    public int StopSignal => Posix.SigTerm;

    public TimeSpan StopPatience => TimeSpan.Zero;

    public bool CanSwitch => false;

    public bool IsListening => false;

    public SlotState SlotOf(Worker worker) => worker.WantedSlot;

    public Task BalanceAsync(IEnumerable<Worker> workers, CancellationToken cancellation) => Task.CompletedTask;

    public Task<bool> ApplyAsync(Worker worker, SlotState wanted, CancellationToken cancellation) => Task.FromResult(true);

    public Task<RequestCounters?> CountAsync(CancellationToken cancellation) => Task.FromResult<RequestCounters?>(null);
}
