using Linux;
using RequestClient.Load.Judging;

namespace RequestClient.Load;

/// <summary>
/// Keeps connections busy from one thread: waits for readiness, lets the virtual users go on, gives the next operation to
/// those who are done. Connections outlive the phases, so that a warm-up warms them too.
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
    private readonly int _steps;
    private readonly Queue<(VirtualUser User, long NotBeforeNanoseconds)> _retries = new();
    private Phase _phase = null!;
    private Turns _turns = null!;
    private Starts<VirtualUser> _starts = null!;
    private int _busy;

    public LoadLoop(Workload workload, int connections)
    {
        var buffer = new ReceiveBuffer();
        _users = [.. Enumerable.Range(0, connections)
            .Select(index => new VirtualUser(workload, new Exchange(workload.Target, _epoll, buffer, index)))];
        _steps = workload.Action.Steps.Count;
        Measures = new Measures(_steps);
    }

    public int Connections => _users.Length;

    /// <summary>What the present phase, or the last one, counted.</summary>
    public Measures Measures { get; private set; }

    /// <summary>Forgets the phase before, so that the watch of the next one can look at its measures.</summary>
    public void Begin(Phase phase)
    {
        _phase = phase;
        Measures = new Measures(_steps)
        {
            StartedAt = TimeProvider.System.GetUtcNow(),
            OpenLoop = phase.Pacer is null ? null : new OpenLoopMeasures(_steps),
        };
        _busy = 0;
        _retries.Clear();
    }

    /// <summary>Runs its part of the phase on the calling thread; when cancelled, operations under way are abandoned.</summary>
    public void Run(Turns turns, PhaseWatch watch, CancellationToken cancellation)
    {
        _turns = turns;
        _starts = new Starts<VirtualUser>(turns, Measures.OpenLoop, _users);
        Measures.LastEndNanoseconds = turns.BeganNanoseconds;
        var timeout = (long)_phase.Timeout.TotalNanoseconds;
        if (_phase.Pacer is not null) Epoll.WakeThisThreadPunctually();
        var threadBefore = ThreadTime.Read();
        var began = Clock.NowNanoseconds;
        StartDue(began);
        for (var nextTick = began; IsUnderWay && !cancellation.IsCancellationRequested;)
        {
            var ready = _epoll.WaitPrecisely(_starts.AnyFree ? _turns.NanosecondsToNext(TickNanoseconds) : TickNanoseconds);
            for (var index = 0; index < ready; index++) Dispatch(_epoll[index]);
            var now = Clock.NowNanoseconds;
            if (_retries.Count > 0) Retry(now);
            StartDue(now);
            if (now < nextTick) continue;
            nextTick = now + TickNanoseconds;
            foreach (var user in _users) Follow(user, user.CheckTimeout(now, timeout));
            DropOverdue(now - timeout);
            if (watch.IsOver(now)) _turns.End();
        }

        Measures.Thread = new ThreadShare(
            TimeSpan.FromMicroseconds((Clock.NowNanoseconds - began) / 1e3), ThreadTime.Between(threadBefore, ThreadTime.Read()));
        foreach (var user in _users.Where(user => user.IsBusy)) user.Close();
    }

    public void Dispose()
    {
        foreach (var user in _users) user.Close();
        _epoll.Close();
    }

    private bool IsUnderWay => _busy > 0 || _turns.HasNext;

    private void StartDue(long now)
    {
        while (!(_phase.OpensOnly && _busy >= MaxOpening) && _starts.TryBegin(now, out var user, out var turn))
        {
            _busy++;
            Follow(user, Start(user, turn));
        }
    }

    private void Dispatch((uint Events, ulong Tag) happened)
    {
        var user = _users[(int)(uint)happened.Tag];
        if (user.Generation == happened.Tag >> 32) Follow(user, user.OnReady(happened.Events));
    }

    /// <summary>A user who is done goes on with the next operation that is due, or waits among the free ones.</summary>
    private void Follow(VirtualUser user, UserProgress progress)
    {
        while (progress == UserProgress.Finished)
        {
            var now = user.EndedNanoseconds;
            Measures.LastEndNanoseconds = now;
            if (_phase.OpensOnly || !_starts.TryGoOn(now, out var turn))
            {
                Park(user, now);
                return;
            }

            progress = Start(user, turn);
        }

        if (progress == UserProgress.Failed) OnFailed(user);
    }

    private UserProgress Start(VirtualUser user, Turn turn) =>
        _phase.OpensOnly ? user.Open() : user.Start(_phase.Ids, turn, Measures);

    private void OnFailed(VirtualUser user)
    {
        var failure = user.Failure!;
        Measures.Errors.Add(failure, user.Where);
        Measures.LastEndNanoseconds = user.EndedNanoseconds;
        // Never started from here: operations that fail at once would follow each other without end.
        var isDown = failure.Kind is Failure.Refused or Failure.Connect;
        _retries.Enqueue((user, user.EndedNanoseconds + (isDown ? RetryNanoseconds : 0)));
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

    private void Park(VirtualUser user, long now)
    {
        _starts.Park(user, now);
        _busy--;
    }

    /// <summary>
    /// In an open loop a user who got no connection within the time-out of the due moment has given up. So a server
    /// that is too slow for the rate can't prolong the phase by more than the time-out, and each such user is counted.
    /// </summary>
    private void DropOverdue(long dueNanoseconds)
    {
        while (_phase.Pacer is not null && _turns.TryTake(dueNanoseconds, out var turn))
        {
            var failure = new Failure(Failure.Overdue, "every connection was busy for the whole time-out since it was due");
            Measures.Errors.Add(failure, $"operation {turn.Operation}");
        }
    }
}
