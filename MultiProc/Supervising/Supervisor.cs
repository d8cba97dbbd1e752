using System.Collections.Concurrent;
using MultiProc.CleaningUp;
using MultiProc.Configuration;
using MultiProc.Keeping;
using MultiProc.Limits;
using MultiProc.Metering;
using MultiProc.Pooling;
using MultiProc.Processes;
using MultiProc.Snapshots;
using MultiProc.Stores;
using MultiProc.Systemd;
using MultiProc.WaysIn;

namespace MultiProc.Supervising;

/// <summary>
/// Keeps N workers and HAProxy running. One loop owns all of their state and reads as the policy that it is; signals,
/// the control socket and ended children only leave a note and wake it.
/// </summary>
internal sealed class Supervisor
{
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortRest = TimeSpan.FromMilliseconds(20);

    private readonly Settings _settings;
    private readonly Equipment _equipment;
    private readonly Limiter _limiter;
    private readonly PidList _pidList;
    private readonly ServiceNotifier? _notifier;
    private readonly ConcurrentQueue<ChangeRequest> _requests = new();
    private readonly Pool _pool;
    private readonly Departures _departures;
    private readonly Changes _changes;
    private readonly IWayIn _wayIn;
    private readonly SharedStore? _store;
    private readonly Condition _condition;
    private TimeSpan _nextLook;
    private string? _pidListProblem;
    private volatile Snapshot _snapshot;
    private volatile StopRequest? _stop;
    private volatile bool _force;

    /// <param name="settings">What was asked for.</param>
    /// <param name="limiter">Limits processes.</param>
    /// <param name="pidList">Told what runs, for whoever cleans up after us.</param>
    /// <param name="notifier">The service manager; null without one.</param>
    /// <param name="software">Names and versions of the programs that stand between clients and workers.</param>
    /// <param name="equipment">What keeping processes takes.</param>
    public Supervisor(
        Settings settings,
        Limiter limiter,
        PidList pidList,
        ServiceNotifier? notifier,
        IReadOnlyList<string> software,
        Equipment equipment)
    {
        (_settings, _limiter, _pidList, _notifier, _equipment) = (settings, limiter, pidList, notifier, equipment);
        Software = software;
        _store = settings.StoreCommand.IsEmpty ? null : new SharedStore(settings, equipment);
        _pool = new Pool(settings, () => _store?.Url, limiter, equipment);
        _wayIn = WayInFactory.Create(settings, equipment);
        limiter.ConfineOthers(_store?.Process, _wayIn.Proxy);
        _condition = new Condition(_pool, _wayIn, _store);
        _departures = new Departures(settings, _pool, _wayIn, equipment);
        _changes = new Changes(settings, _pool, _wayIn, _condition.IsInPlace, _store?.Process, limiter, equipment);
        _snapshot = _condition.Take(isStopping: false, isChanging: false);
    }

    public Settings Settings => _settings;

    /// <summary>What the workers share; null without one.</summary>
    public SharedStore? Store => _store;

    /// <summary>The limits that are wanted now.</summary>
    public ComponentLimits CurrentLimits => _limiter.Wanted;

    /// <summary>Names and versions of the programs that stand between clients and workers.</summary>
    public IReadOnlyList<string> Software { get; }

    public bool IsStopping => _stop is not null;

    public Snapshot Snapshot => _snapshot;

    private IEnumerable<SupervisedProcess> Processes => _condition.Processes;

    /// <summary>Workers may need the store to start; later, when it is started again, they live on and wait for it.</summary>
    private IEnumerable<SupervisedProcess> Startable =>
        _store is { Process.WasEverReady: false } && _stop is null ? [_store.Process] : Processes;

    private TimeSpan Now => _equipment.Clock.Now;

    /// <summary>Asks for the end, in order; the second signal asks for it at once.</summary>
    public void RequestStop(StopRequest request)
    {
        if (_stop is not null && request.IsSignal) _force = true;
        _stop ??= request;
        _equipment.Wakeup.Set();
    }

    /// <summary>Asks for a change; null when it is made, otherwise why it was not.</summary>
    public Task<string?> RequestAsync(ChangeRequest request)
    {
        _requests.Enqueue(request);
        _equipment.Wakeup.Set();
        return request.Outcome;
    }

    /// <summary>What the way in counts; null when it counts nothing or does not answer.</summary>
    public Task<RequestCounters?> CountRequestsAsync(CancellationToken cancellation) => _wayIn.CountAsync(cancellation);

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
            if (_stop is { } stop)
            {
                if (StopAll()) return stop;
            }
            else
            {
                _changes.Take(_requests);
                await _departures.FinishAsync(CancellationToken.None);
                _pool.Fit();
                Start();
                await _wayIn.BalanceAsync(_pool.Workers, CancellationToken.None);
                _changes.Advance();
            }

            Announce();
            _changes.Tell();
            await _equipment.Wakeup.WaitAsync(UntilNextDue(), _equipment.Clock.Time);
        }
    }

    private void Reap()
    {
        LookAtTrees();
        foreach (var process in Processes) process.Reap();
        if (_wayIn.Proxy is { WasEverReady: false, Restarts: > 0 })
            _stop ??= new StopRequest(1, $"{_wayIn.ProxyName} could not start: its own words stand above");
        if (_store is { Process.HasFailedToStart: true })
        {
            var words = _store.Process.LastWords is [.., var last] ? last : _store.Process.LastEnd;
            _stop ??= new StopRequest(1, $"the store could not start: {words}");
        }
    }

    /// <summary>Who belongs to which process is found only while its parents live.</summary>
    private void LookAtTrees()
    {
        if (Now < _nextLook) return;
        if (ProcessMeter.LookForAll(Processes.Select(process => process.Meter))) _nextLook = Now + BetweenLooks;
    }

    private void TimeOut()
    {
        foreach (var process in Processes)
        {
            process.ReplaceIfHung();
            process.TimeOut();
        }
    }

    private void Start()
    {
        foreach (var process in Startable.ToList())
        {
            process.StartIfDue();
            process.NoticeReadiness();
        }
    }

    /// <summary>First the way in, which lets requests that are under way end; then the workers; then what they needed.</summary>
    private bool StopAll()
    {
        if (_force)
        {
            foreach (var process in Processes) process.Kill();
        }

        _changes.GiveUp(_requests);
        _wayIn.Proxy?.Stop(_wayIn.StopSignal, _wayIn.StopPatience);
        if (_wayIn.Proxy is { State: not ProcessState.Stopped }) return false;
        foreach (var worker in _pool.Workers) worker.Process.Stop(Posix.SigTerm, _settings.StopTimeout);
        if (!_pool.Workers.All(worker => worker.Process.State == ProcessState.Stopped)) return false;
        _store?.Stop();
        return _store is null or { Process.State: ProcessState.Stopped };
    }

    /// <summary>Tells everybody who is interested how things are.</summary>
    private void Announce()
    {
        var wasReady = _condition.WasReady;
        _snapshot = _condition.Take(IsStopping, _changes.AreUnderWay);
        ListPids();
        _notifier?.Notify(_snapshot, isAnswering: _pool.Workers.Any(worker => worker.Process.Answers), Now);
        if (wasReady || !_condition.WasReady) return;
        var workers = _pool.Workers.Count == 1 ? "1 worker" : $"{_pool.Workers.Count} workers";
        var proxy = _wayIn.Proxy is null ? "" : $" behind {_wayIn.ProxyName}";
        _equipment.Log.Event(FormattableString.Invariant($"all ready after {Now.TotalSeconds:0.00} s: {workers}{proxy}"));
    }

    /// <summary>For whoever cleans up after us. A disk that is full is no reason to stop serving; it is tried again.</summary>
    private void ListPids()
    {
        try
        {
            _pidList.ListProcesses(Processes.Select(process => process.Pid).OfType<int>());
            _pidListProblem = null;
        }
        catch (IOException exception)
        {
            if (_pidListProblem != exception.Message) _equipment.Log.Event($"can't list what runs: {exception.Message}");
            _pidListProblem = exception.Message;
        }
    }

    private TimeSpan UntilNextDue()
    {
        var rest = Startable.Select(process => process.NextDue).OfType<TimeSpan>()
            .Select(due => due - Now)
            .Append(_notifier?.LongestRest ?? LongestRest)
            .Append(LongestRest)
            .Min();
        // What HAProxy has under way, and what it has not taken yet, is known only by asking again.
        if (rest > ShortRest && MustAskAgain()) rest = ShortRest;
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    private bool MustAskAgain()
    {
        if (_stop is not null) return false;
        return _changes.AreUnderWay
            || _pool.Workers.Any(worker => worker.Process.State == ProcessState.Draining)
            || (_wayIn.IsListening && _pool.Workers.Any(worker => _wayIn.SlotOf(worker) != worker.WantedSlot));
    }
}
