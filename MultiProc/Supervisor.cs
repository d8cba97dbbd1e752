using MultiProc.Balancing;
using MultiProc.Processes;

namespace MultiProc;

/// <summary>
/// Keeps N workers and HAProxy running. One loop owns all of their state and reads as the policy that it is; signals,
/// the control socket and ended children only leave a note and wake it.
/// </summary>
internal sealed class Supervisor
{
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BalanceAgain = TimeSpan.FromMilliseconds(50);

    private readonly Surroundings _surroundings;
    private readonly PidFile _pidFile;
    private readonly List<Worker> _workers;
    private readonly Haproxy? _haproxy;
    private readonly HashSet<int> _listedPids = [];
    private volatile Snapshot _snapshot;
    private volatile StopRequest? _stop;
    private volatile bool _force;
    private bool _wasReady;

    public Supervisor(Settings settings, string? haproxyExecutable, PidFile pidFile, Surroundings surroundings)
    {
        _surroundings = surroundings;
        _pidFile = pidFile;
        Port = settings.Port;
        var probe = new ReadinessProbe(surroundings.Clock.Time);
        _workers = [.. Enumerable.Range(1, settings.Procs).Select(index => new Worker(index, settings, probe, surroundings))];
        _haproxy = haproxyExecutable is null ? null : new Haproxy(settings, haproxyExecutable, surroundings);
        _snapshot = TakeSnapshot();
    }

    public int Port { get; }

    public bool IsStopping => _stop is not null;

    public Snapshot Snapshot => _snapshot;

    private IEnumerable<SupervisedProcess> Processes =>
        _haproxy is null ? _workers.Select(worker => worker.Process) : [_haproxy.Process, .. _workers.Select(worker => worker.Process)];

    /// <summary>Asks for the end, in order; the second signal asks for it at once.</summary>
    public void RequestStop(StopRequest request)
    {
        if (_stop is not null && request.IsSignal) _force = true;
        _stop ??= request;
        _surroundings.Wakeup.Set();
    }

    /// <summary>Requests counted by HAProxy; null when there is none or it does not answer.</summary>
    public Task<HaproxyCounters?> CountRequestsAsync(CancellationToken cancellation) =>
        _haproxy?.CountAsync(cancellation) ?? Task.FromResult<HaproxyCounters?>(null);

    /// <summary>Runs until it is asked to stop and nothing is left running.</summary>
    public async Task<StopRequest> RunAsync()
    {
        try
        {
            return await RunLoopAsync();
        }
        catch
        {
            // A bug of ours. Nobody would look after the children any more.
            foreach (var process in Processes) process.Kill();
            throw;
        }
    }

    private async Task<StopRequest> RunLoopAsync()
    {
        while (true)
        {
            Reap();
            TimeOut();
            if (_stop is { } stop && StopAll()) return stop;
            if (_stop is null) Start();
            await BalanceAsync();
            AnnounceReadiness();
            ListPids();
            _snapshot = TakeSnapshot();
            await _surroundings.Wakeup.WaitAsync(UntilNextDue(), _surroundings.Clock.Time);
        }
    }

    private void Reap()
    {
        foreach (var process in Processes) process.Reap();
        if (_haproxy is { Process: { WasEverReady: false, Restarts: > 0 } })
            _stop ??= new StopRequest(1, "HAProxy could not start: its own words stand above");
    }

    private void TimeOut()
    {
        foreach (var process in Processes) process.TimeOut();
    }

    private void Start()
    {
        foreach (var process in Processes)
        {
            process.StartIfDue();
            process.NoticeReadiness();
        }
    }

    private void AnnounceReadiness()
    {
        if (_wasReady || !IsReady()) return;
        _wasReady = true;
        _surroundings.Log.Event(FormattableString.Invariant(
            $"all ready after {_surroundings.Clock.Now.TotalSeconds:0.00} s: {_workers.Count} workers{(_haproxy is null ? "" : " behind HAProxy")}"));
    }

    /// <summary>First the way in, which lets requests that are under way end; then the workers.</summary>
    private bool StopAll()
    {
        if (_force)
        {
            foreach (var process in Processes) process.Kill();
        }

        _haproxy?.Process.Stop(Posix.SigUsr1, DrainPatience);
        if (_haproxy is { Process.State: not ProcessState.Stopped }) return false;
        foreach (var worker in _workers) worker.Process.Stop(Posix.SigTerm, StopPatience);
        return _workers.TrueForAll(worker => worker.Process.State == ProcessState.Stopped);
    }

    private Task BalanceAsync() =>
        _stop is null && _haproxy is not null ? _haproxy.BalanceAsync(_workers, CancellationToken.None) : Task.CompletedTask;

    private void ListPids()
    {
        var pids = Processes.Select(process => process.Pid).OfType<int>().ToList();
        if (_listedPids.SetEquals(pids)) return;
        _pidFile.Write(pids.Select(ProcFile.Identify).OfType<ProcFile.Identity>());
        _listedPids.Clear();
        _listedPids.UnionWith(pids);
    }

    private TimeSpan UntilNextDue()
    {
        var rests = Processes.Select(process => process.NextDue).OfType<TimeSpan>()
            .Select(due => due - _surroundings.Clock.Now).Append(LongestRest);
        var rest = rests.Min();
        // HAProxy did not take a command: it will be told again soon.
        if (_haproxy is { Process.State: ProcessState.Ready } && !AreSlotsSettled() && rest > BalanceAgain) rest = BalanceAgain;
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    private bool AreSlotsSettled() =>
        _haproxy is null || _workers.TrueForAll(worker => _haproxy.Serves(worker) == (worker.Process.State == ProcessState.Ready));

    private bool IsReady() => Processes.All(process => process.State == ProcessState.Ready) && AreSlotsSettled();

    private Snapshot TakeSnapshot() => new(
        _stop is not null ? SupervisorState.Stopping
            : IsReady() ? SupervisorState.Ready
            : _wasReady || Processes.Any(process => process.State == ProcessState.Failed) ? SupervisorState.Degraded
            : SupervisorState.Starting,
        [.. _workers.Select(worker => new WorkerSnapshot(worker.Index, worker.Name, worker.Port, ProcessSnapshot.Of(worker.Process)))],
        _haproxy is null ? null : ProcessSnapshot.Of(_haproxy.Process));
}
