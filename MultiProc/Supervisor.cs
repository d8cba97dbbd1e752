using System.Collections.Concurrent;
using MultiProc.Balancing;
using MultiProc.Control;
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
    private static readonly TimeSpan ShortRest = TimeSpan.FromMilliseconds(20);

    private readonly Settings _settings;
    private readonly Surroundings _surroundings;
    private readonly SupervisorServices _services;
    private readonly ConcurrentQueue<ChangeRequest> _requests = new();
    private readonly Pool _pool;
    private readonly Draining _draining;
    private readonly Changes _changes;
    private readonly Haproxy? _haproxy;
    private readonly Nginx? _nginx;
    private readonly Overview _overview;
    private volatile Snapshot _snapshot;
    private volatile StopRequest? _stop;
    private volatile bool _force;

    public Supervisor(Settings settings, string? haproxyExecutable, SupervisorServices services, Surroundings surroundings)
    {
        (_settings, _services, _surroundings) = (settings, services, surroundings);
        _pool = new Pool(settings, new ReadinessProbe(surroundings.Clock.Time), services.Limiter, surroundings);
        _haproxy = haproxyExecutable is null ? null : new Haproxy(settings, haproxyExecutable, surroundings);
        _nginx = settings.NginxFile is null ? null : new Nginx(settings, surroundings);
        _overview = new Overview(_pool, _haproxy, _nginx);
        Counting = new WorkerCounting(settings.RequestCounter);
        _draining = new Draining(settings, _pool, _haproxy, surroundings);
        _changes = new Changes(settings, _pool, _overview.IsServing, surroundings);
        _snapshot = _overview.Take(isStopping: false, isChanging: false);
    }

    public Settings Settings => _settings;

    /// <summary>What workers count themselves.</summary>
    public WorkerCounting Counting { get; }

    public bool IsStopping => _stop is not null;

    public Snapshot Snapshot => _snapshot;

    private IEnumerable<SupervisedProcess> Processes => _overview.Processes;

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

    /// <summary>What HAProxy counts; null when there is none or it does not answer.</summary>
    public Task<HaproxyCounters?> CountRequestsAsync(CancellationToken cancellation) =>
        _haproxy?.CountAsync(cancellation) ?? Task.FromResult<HaproxyCounters?>(null);

    /// <summary>What nginx counts; null when there is none or it does not answer.</summary>
    public Task<long?> CountNginxRequestsAsync(CancellationToken cancellation) =>
        _nginx?.CountAsync(cancellation) ?? Task.FromResult<long?>(null);

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
                await BalanceAsync();
                _changes.Advance();
            }

            Announce();
            await _surroundings.Wakeup.WaitAsync(UntilNextDue(), _surroundings.Clock.Time);
        }
    }

    private void Reap()
    {
        foreach (var process in Processes) process.Cpu.Read();
        foreach (var process in Processes) process.Reap();
        if (_overview.Proxy is { WasEverReady: false, Restarts: > 0 })
            _stop ??= new StopRequest(1, $"{_overview.NameOfProxy} could not start: its own words stand above");
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
        foreach (var process in Processes)
        {
            process.StartIfDue();
            process.NoticeReadiness();
        }
    }

    /// <summary>First the way in, which lets requests that are under way end; then the workers.</summary>
    private bool StopAll()
    {
        if (_force)
        {
            foreach (var process in Processes) process.Kill();
        }

        _changes.GiveUp(_requests);
        _haproxy?.Process.Stop(Posix.SigUsr1, _settings.DrainTimeout);
        _nginx?.Process.Stop(Posix.SigTerm, _settings.StopTimeout);
        if (_overview.Proxy is { State: not ProcessState.Stopped }) return false;
        foreach (var worker in _pool.Workers) worker.Process.Stop(Posix.SigTerm, _settings.StopTimeout);
        return _pool.Workers.All(worker => worker.Process.State == ProcessState.Stopped);
    }

    private void Limit()
    {
        foreach (var worker in _pool.Workers) _services.Limiter?.LimitIfDue(worker, Now);
    }

    private async Task BalanceAsync()
    {
        if (_haproxy is not null) await _haproxy.BalanceAsync(_pool.Workers, CancellationToken.None);
    }

    /// <summary>Tells everybody who is interested how things are.</summary>
    private void Announce()
    {
        var wasReady = _overview.WasReady;
        _snapshot = _overview.Take(IsStopping, _changes.AreUnderWay);
        _services.PidFile.List(Processes.Select(process => process.Pid).OfType<int>(), _services.Limiter?.Groups ?? []);
        _services.Notifier?.Notify(_snapshot, isAnswering: _pool.Workers.Any(worker => worker.Process.Answers), Now);
        if (wasReady || !_overview.WasReady) return;
        var workers = _pool.Workers.Count == 1 ? "1 worker" : $"{_pool.Workers.Count} workers";
        var proxy = _overview.Proxy is null ? "" : $" behind {_overview.NameOfProxy}";
        _surroundings.Log.Event(FormattableString.Invariant($"all ready after {Now.TotalSeconds:0.00} s: {workers}{proxy}"));
    }

    private TimeSpan UntilNextDue()
    {
        var rest = Processes.Select(process => process.NextDue).OfType<TimeSpan>()
            .Concat(_pool.Workers.Select(worker => _services.Limiter?.NextDue(worker)).OfType<TimeSpan>())
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
            || (_haproxy is { Process.State: ProcessState.Ready }
                && _pool.Workers.Any(worker => _haproxy.SlotOf(worker) != worker.WantedSlot));
    }
}
