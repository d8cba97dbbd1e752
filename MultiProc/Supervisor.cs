using System.Collections.Concurrent;
using MultiProc.WaysIn;
using MultiProc.Control;
using MultiProc.Limits;
using MultiProc.Metering;
using MultiProc.Pooling;
using MultiProc.Processes;

namespace MultiProc;

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
    private readonly Surroundings _surroundings;
    private readonly SupervisorServices _services;
    private readonly ConcurrentQueue<ChangeRequest> _requests = new();
    private readonly Pool _pool;
    private readonly Draining _draining;
    private readonly Changes _changes;
    private readonly IWayIn _wayIn;
    private readonly Store? _store;
    private readonly Overview _overview;
    private TimeSpan _nextLook;
    private string? _pidFileProblem;
    private volatile Snapshot _snapshot;
    private volatile StopRequest? _stop;
    private volatile bool _force;

    public Supervisor(Settings settings, SupervisorServices services, Surroundings surroundings)
    {
        (_settings, _services, _surroundings) = (settings, services, surroundings);
        _store = settings.StoreCommand.IsEmpty ? null : new Store(settings, surroundings);
        _pool = new Pool(settings, new ReadinessProbe(surroundings.Clock.Time), () => _store?.Url, services.Limiter, surroundings);
        _wayIn = WayInFactory.Create(settings, surroundings);
        services.Limiter.ConfineOthers(_store?.Process, _wayIn.Proxy);
        _overview = new Overview(_pool, _wayIn, _store);
        Counting = new WorkerCounting(settings.RequestCounter);
        _draining = new Draining(settings, _pool, _wayIn, surroundings);
        _changes = new Changes(settings, _pool, _wayIn, _overview.IsInPlace, _store?.Process, services.Limiter, surroundings);
        _snapshot = _overview.Take(isStopping: false, isChanging: false);
    }

    public Settings Settings => _settings;

    /// <summary>What the workers share; null without one.</summary>
    public Store? Store => _store;

    /// <summary>The limits that are wanted now.</summary>
    public ComponentLimits CurrentLimits => _services.Limiter.Wanted;

    /// <summary>Names and versions of the programs that stand between clients and workers.</summary>
    public IReadOnlyList<string> Software => _services.Software;

    /// <summary>What workers count themselves.</summary>
    public WorkerCounting Counting { get; }

    public bool IsStopping => _stop is not null;

    public Snapshot Snapshot => _snapshot;

    private IEnumerable<SupervisedProcess> Processes => _overview.Processes;

    /// <summary>Workers may need the store to start; later, when it is started again, they live on and wait for it.</summary>
    private IEnumerable<SupervisedProcess> Startable =>
        _store is { Process.WasEverReady: false } && _stop is null ? [_store.Process] : Processes;

    private TimeSpan Now => _surroundings.Clock.Now;

    /// <summary>Asks for the end, in order; the second signal asks for it at once.</summary>
    public void RequestStop(StopRequest request)
    {
        if (_stop is not null && request.IsSignal) _force = true;
        _stop ??= request;
        _surroundings.Wakeup.Set();
    }

    /// <summary>Asks for a change; null when it is made, otherwise why it was not.</summary>
    public Task<string?> RequestAsync(ChangeRequest request)
    {
        _requests.Enqueue(request);
        _surroundings.Wakeup.Set();
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
                await _draining.FinishAsync(CancellationToken.None);
                _pool.Fit();
                Start();
                Limit();
                await _wayIn.BalanceAsync(_pool.Workers, CancellationToken.None);
                _changes.Advance();
            }

            Announce();
            _changes.Tell();
            await _surroundings.Wakeup.WaitAsync(UntilNextDue(), _surroundings.Clock.Time);
        }
    }

    private void Reap()
    {
        LookAtTrees();
        foreach (var process in Processes) process.Reap();
        if (_wayIn.Proxy is { WasEverReady: false, Restarts: > 0 })
            _stop ??= new StopRequest(1, $"{_wayIn.ProxyName} could not start: its own words stand above");
        if (_store is { Process.HasFailedToStart: true })
            _stop ??= new StopRequest(1, $"the store could not start: {(_store.Process.LastWords is [.., var words] ? words : _store.Process.LastEnd)}");
    }

    /// <summary>Who belongs to which process is found only while its parents live.</summary>
    private void LookAtTrees()
    {
        if (Now < _nextLook || !Processes.Any(process => process.Meter.NeedsTable)) return;
        var table = ProcessTable.Look();
        foreach (var process in Processes) process.Meter.Look(table);
        _nextLook = Now + BetweenLooks;
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

    private void Limit()
    {
        foreach (var worker in _pool.Workers) _services.Limiter.LimitIfDue(worker.Process, Now);
    }

    /// <summary>Tells everybody who is interested how things are.</summary>
    private void Announce()
    {
        var wasReady = _overview.WasReady;
        _snapshot = _overview.Take(IsStopping, _changes.AreUnderWay);
        ListPids();
        _services.Notifier?.Notify(_snapshot, isAnswering: _pool.Workers.Any(worker => worker.Process.Answers), Now);
        if (wasReady || !_overview.WasReady) return;
        var workers = _pool.Workers.Count == 1 ? "1 worker" : $"{_pool.Workers.Count} workers";
        var proxy = _wayIn.Proxy is null ? "" : $" behind {_wayIn.ProxyName}";
        _surroundings.Log.Event(FormattableString.Invariant($"all ready after {Now.TotalSeconds:0.00} s: {workers}{proxy}"));
    }

    /// <summary>For whoever cleans up after us. A disk that is full is no reason to stop serving; it is tried again.</summary>
    private void ListPids()
    {
        try
        {
            _services.PidFile.List(Processes.Select(process => process.Pid).OfType<int>(), _surroundings.Groups.Made);
            _pidFileProblem = null;
        }
        catch (IOException exception)
        {
            if (_pidFileProblem != exception.Message) _surroundings.Log.Event($"can't list what runs: {exception.Message}");
            _pidFileProblem = exception.Message;
        }
    }

    private TimeSpan UntilNextDue()
    {
        var rest = Startable.Select(process => process.NextDue).OfType<TimeSpan>()
            .Concat(_pool.Workers.Select(worker => _services.Limiter.NextDue(worker.Process)).OfType<TimeSpan>())
            .Select(due => due - Now)
            .Append(_services.Notifier?.LongestRest ?? LongestRest)
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
