using MultiProc.Configuration;
using MultiProc.Keeping;
using MultiProc.Processes;
using MultiProc.Workers;

namespace MultiProc.WaysIn;

/// <summary>HAProxy as a supervised child, and what it sends to which slot.</summary>
internal sealed class HaproxyWayIn : IWayIn
{
    private readonly HaproxyRuntime _runtime;
    private readonly Settings _settings;
    private readonly Equipment _equipment;
    private readonly RunningTotals _totals = new();
    private readonly Dictionary<string, SlotState> _applied = [];
    private int? _appliedToPid;
    private string? _lastProblem;

    public HaproxyWayIn(Settings settings, Equipment equipment)
    {
        (_settings, _equipment) = (settings, equipment);
        _runtime = new HaproxyRuntime(settings.Control.HaproxySocket, equipment.Clock.Time);
        Proxy = new SupervisedProcess(
            new ProcessPlan
            {
                Name = "haproxy",
                Command = () => new(
                    [.. Placement.WordsFor(settings.Placement.Proxy), Executable!, "-db", "-f", settings.WayIn.File!])
                {
                    Environment = HaproxyVariables.Of(settings),
                },
                UntilReady = (_, cancellation) => _runtime.WaitUntilReadyAsync(cancellation),
                AskForLife = async cancellation => await _runtime.AnswersAsync(cancellation) ? LifeSign.Yes : LifeSign.None,
                ProbeTimeout = settings.ProbeTimeout,
            },
            equipment);
    }

    /// <summary>Null where it is not installed.</summary>
    public static string? Executable => Processes.Executable.Find("haproxy");

    public SupervisedProcess Proxy { get; }

    public string ProxyName => "HAProxy";

    public int StopSignal => Posix.SigUsr1;

    public TimeSpan StopPatience => _settings.DrainTimeout;

    public bool CanSwitch => true;

    public bool IsListening => Proxy.State == ProcessState.Ready;

    /// <summary>Null when it does not answer.</summary>
    public async Task<RequestCounters?> CountAsync(CancellationToken cancellation)
    {
        var asked = Proxy.Pid;
        var counters = await _runtime.CountAsync(cancellation);
        // Another one than that which was asked may have answered.
        if (counters is null || asked is null || Proxy.Pid != asked) return null;
        var totals = _totals.Of(counters, asked.Value);
        return new RequestCounters(totals.Requests, totals.Slots);
    }

    /// <summary>What HAProxy was last told of the worker's slot; one that was just started has all of them out.</summary>
    public SlotState SlotOf(Worker worker) =>
        _appliedToPid == Proxy.Pid ? _applied.GetValueOrDefault(worker.Name) : SlotState.Out;

    /// <summary>
    /// Makes the slots what the workers are, touching only those that differ. Called on every turn of the loop, so that
    /// a HAProxy that was started again, which knows nothing, or a command that failed, is made good by itself.
    /// </summary>
    public async Task BalanceAsync(IEnumerable<Worker> workers, CancellationToken cancellation)
    {
        if (!IsListening) return;
        if (_appliedToPid != Proxy.Pid) _applied.Clear();
        _appliedToPid = Proxy.Pid;
        foreach (var worker in workers)
        {
            // One that does not answer would cost a time-out for each.
            if (!await ApplyAsync(worker, worker.WantedSlot, cancellation)) return;
        }

        // A worker may have left while HAProxy did not answer.
        var gone = _applied.Where(slot => slot.Value != SlotState.Out).Select(slot => slot.Key)
            .Except(workers.Select(worker => worker.Name));
        foreach (var slot in gone.ToList())
        {
            if (!Note(slot, SlotState.Out, await TakeOutAsync(slot, cancellation))) return;
        }
    }

    /// <summary>Tells HAProxy at once; whether it took it.</summary>
    public async Task<bool> ApplyAsync(Worker worker, SlotState wanted, CancellationToken cancellation)
    {
        if (SlotOf(worker) == wanted) return true;
        var problem = wanted switch
        {
            SlotState.Ready => await _runtime.EnableAsync(worker.Name, AddressOf(worker), cancellation),
            SlotState.Drain => await _runtime.DrainAsync(worker.Name, cancellation),
            _ => await TakeOutAsync(worker.Name, cancellation),
        };
        return Note(worker.Name, wanted, problem);
    }

    private async Task<string?> TakeOutAsync(string slot, CancellationToken cancellation) =>
        await _runtime.DisableAsync(slot, cancellation)
        ?? (_settings.WayIn.DealsOutConnections ? await _runtime.CutAsync(slot, cancellation) : null);

    /// <summary>Remembers what HAProxy took; whether it did.</summary>
    private bool Note(string slot, SlotState wanted, string? problem)
    {
        if (problem is null) _applied[slot] = wanted;
        else if (problem != _lastProblem) _equipment.Log.Event(problem);
        _lastProblem = problem;
        return problem is null;
    }

    private SlotAddress AddressOf(Worker worker) =>
        new(worker.Port, _settings.WayIn.ReachesSockets ? _settings.SocketOf(worker.Index) : null);
}
