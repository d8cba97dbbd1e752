using RequestClient.Net;

namespace RequestClient.Load;

/// <summary>
/// Keeps connections busy from one thread: waits for readiness, lets the virtual users go on, begins the next operation
/// when it is its turn. Connections outlive the phases, so that a warm-up warms them too.
/// </summary>
internal sealed class LoadLoop : IDisposable
{
    private const long TickNanoseconds = 20_000_000;

    /// <summary>Pause before a connection that could not be made is tried again, so that a dead server is not hammered.</summary>
    private const long RetryNanoseconds = 20_000_000;

    /// <summary>
    /// Connections opened at the same time: more overflow the backlog of a server that keeps the usual 128, and the
    /// kernel lets those wait for a second.
    /// </summary>
    private const int MaxOpening = 64;

    private readonly Epoll _epoll = new();
    private readonly VirtualUser[] _users;
    private readonly Workload _workload;
    private readonly Queue<(VirtualUser User, long NotBeforeNanoseconds)> _retries = new();
    private readonly Queue<VirtualUser> _free;
    private Phase _phase = null!;
    private Turns _turns = null!;
    private int _busy;
    private long _freeSinceNanoseconds;
    private long _lastFinishNanoseconds;

    public LoadLoop(Workload workload, int connections)
    {
        _workload = workload;
        var buffer = new ReceiveBuffer();
        _users = [.. Enumerable.Range(0, connections)
            .Select(index => new VirtualUser(this, workload, new Exchange(workload.Target, _epoll, buffer, index)))];
        _free = new Queue<VirtualUser>(connections);
        Measures = new Measures(workload.Action.Steps.Count);
    }

    /// <summary>What the present phase, or the last one, counted.</summary>
    public Measures Measures { get; private set; }

    /// <summary>Runs one phase on the calling thread; when cancelled, operations under way are abandoned.</summary>
    public Measures Run(Phase phase, CancellationToken cancellation)
    {
        var threadBefore = ThreadTime.Read();
        var began = Clock.NowNanoseconds;
        Begin(phase, began);
        var timeout = (long)phase.Timeout.TotalNanoseconds;
        if (phase.Pacer is not null) Epoll.WakeThisThreadPunctually();
        var watch = new PhaseWatch(phase, Measures, began);
        StartDue(began);
        for (var nextTick = began; IsUnderWay && !cancellation.IsCancellationRequested;)
        {
            var ready = _epoll.Wait(_free.Count > 0 ? _turns.NanosecondsToNext(TickNanoseconds) : TickNanoseconds);
            for (var index = 0; index < ready; index++) Dispatch(_epoll[index]);
            var now = Clock.NowNanoseconds;
            if (_retries.Count > 0) Retry(now);
            if (_free.Count > 0) StartDue(now);
            if (now < nextTick) continue;
            nextTick = now + TickNanoseconds;
            foreach (var user in _users) user.CheckTimeout(now, timeout);
            DropOverdue(now - timeout);
            if (watch.IsOver(now)) _turns.End();
        }

        Measures.Elapsed = TimeSpan.FromMicroseconds((_lastFinishNanoseconds - began) / 1e3);
        Measures.ThreadTime = ThreadTime.Between(threadBefore, ThreadTime.Read());
        Measures.Repeats = _turns.Repeats;
        foreach (var user in _users.Where(user => user.IsBusy)) user.Close();
        return Measures;
    }

    public void Dispose()
    {
        foreach (var user in _users) user.Close();
        _epoll.Dispose();
    }

    public void OnFinished(VirtualUser user, long nowNanoseconds)
    {
        _lastFinishNanoseconds = nowNanoseconds;
        if (!_phase.OpensOnly && _turns.IsNextDue(nowNanoseconds)) Start(user, nowNanoseconds, nowNanoseconds);
        else Park(user, nowNanoseconds);
    }

    public void OnFailed(VirtualUser user, Failure failure, string where)
    {
        Measures.Errors.Add(failure, where);
        _lastFinishNanoseconds = Clock.NowNanoseconds;
        // Never started from here: an operation that fails at once would call back into itself without end.
        var isDown = failure.Kind is Failure.Refused or Failure.Connect;
        _retries.Enqueue((user, _lastFinishNanoseconds + (isDown ? RetryNanoseconds : 0)));
    }

    private bool IsUnderWay => _busy > 0 || _turns.HasNext;

    private void Begin(Phase phase, long began)
    {
        _phase = phase;
        _turns = new Turns(phase, began);
        var steps = _workload.Action.Steps.Count;
        Measures = new Measures(steps)
        {
            StartedAt = TimeProvider.System.GetUtcNow(),
            OpenLoop = phase.Pacer is null ? null : new OpenLoopMeasures(steps),
        };
        _lastFinishNanoseconds = began;
        _freeSinceNanoseconds = began;
        _busy = 0;
        _retries.Clear();
        _free.Clear();
        foreach (var user in _users) _free.Enqueue(user);
    }

    private void StartDue(long now)
    {
        while (_free.Count > 0 && !(_phase.OpensOnly && _busy >= MaxOpening) && _turns.IsNextDue(now))
        {
            _busy++;
            Start(_free.Dequeue(), _freeSinceNanoseconds, now);
        }
    }

    private void Start(VirtualUser user, long freeSince, long now)
    {
        var (operation, due) = _turns.Take(now);
        Measures.OpenLoop?.CountStart(due, freeSince, now);
        if (_phase.OpensOnly) user.Open();
        else user.Start(_phase.Ids, operation, due);
    }

    private void Park(VirtualUser user, long now)
    {
        if (_free.Count == 0) _freeSinceNanoseconds = now;
        _free.Enqueue(user);
        _busy--;
    }

    private void Dispatch((uint Events, ulong Tag) happened)
    {
        var user = _users[(int)(uint)happened.Tag];
        if (user.Generation == happened.Tag >> 32) user.OnReady(happened.Events);
    }

    private void Retry(long now)
    {
        for (var left = _retries.Count; left > 0; left--)
        {
            var (user, notBefore) = _retries.Dequeue();
            if (now < notBefore && _turns.HasNext) _retries.Enqueue((user, notBefore));
            else Park(user, now);
        }
    }

    /// <summary>
    /// In an open loop a user who got no connection within the time-out of the due moment has given up. So a server
    /// that is too slow for the rate can't prolong the phase by more than the time-out, and each such user is counted.
    /// </summary>
    private void DropOverdue(long dueNanoseconds)
    {
        while (_phase.Pacer is not null && _turns.IsNextDue(dueNanoseconds))
        {
            var (operation, _) = _turns.Take(dueNanoseconds);
            var failure = new Failure(Failure.Overdue, "every connection was busy for the whole time-out since it was due");
            Measures.Errors.Add(failure, $"operation {operation}");
        }
    }
}
