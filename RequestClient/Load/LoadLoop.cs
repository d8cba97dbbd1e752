using RequestClient.Net;

namespace RequestClient.Load;

/// <summary>
/// Keeps every connection busy from one thread: waits for readiness, lets the virtual users go on, begins the next
/// operation where one ended. Connections outlive the phases, so that a warm-up warms them too.
/// </summary>
internal sealed unsafe class LoadLoop : IDisposable
{
    public const int ReceiveBufferLength = 64 * 1024;
    private const int TickMilliseconds = 20;
    private const long TickNanoseconds = TickMilliseconds * 1_000_000L;

    /// <summary>Pause before a connection that failed is tried again, so that a dead server is not hammered.</summary>
    private const long RetryNanoseconds = 20_000_000;

    private readonly Epoll _epoll = new();
    private readonly VirtualUser[] _users;
    private readonly Workload _workload;
    private readonly byte[] _receiveBuffer = GC.AllocateArray<byte>(ReceiveBufferLength, pinned: true);
    private readonly Queue<(VirtualUser User, long NotBeforeNanoseconds)> _retries = new();
    private Phase _phase = null!;
    private long _started;
    private int _active;
    private bool _mayStart;
    private long _lastFinishNanoseconds;
    private long _endNanoseconds;

    public LoadLoop(Workload workload, int connections)
    {
        _workload = workload;
        _users = new VirtualUser[connections];
        for (var index = 0; index < connections; index++) _users[index] = new VirtualUser(this, workload, index);
        Measures = new Measures(workload.Action.Steps.Count);
    }

    /// <summary>What the present phase, or the last one, counted.</summary>
    public Measures Measures { get; private set; }

    /// <summary>Shared: a piece is read to its end before the next one is received.</summary>
    public byte* ReceiveBuffer => (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _receiveBuffer[0]);

    /// <summary>Runs one phase on the calling thread; when cancelled, operations under way are abandoned.</summary>
    public Measures Run(Phase phase, CancellationToken cancellation)
    {
        _phase = phase;
        _started = 0;
        _mayStart = true;
        Measures = new Measures(_workload.Action.Steps.Count) { StartedAt = TimeProvider.System.GetUtcNow() };
        var began = Clock.NowNanoseconds;
        _lastFinishNanoseconds = began;
        _endNanoseconds = phase.Duration is { } duration ? began + (long)duration.TotalNanoseconds : long.MaxValue;
        var watch = new PhaseWatch(phase, Measures, began, _workload.TimeoutNanoseconds);

        _active = 0;
        foreach (var user in _users)
        {
            if (!TakeTurn()) break;
            _active++;
            user.Start(phase.Ids, _started++);
        }

        for (var nextTick = began; _active > 0 && !cancellation.IsCancellationRequested;)
        {
            var ready = _epoll.Wait(TickMilliseconds);
            for (var index = 0; index < ready; index++) Dispatch(_epoll[index]);
            if (_retries.Count > 0) Retry();
            var now = Clock.NowNanoseconds;
            if (now < nextTick) continue;
            nextTick = now + TickNanoseconds;
            foreach (var user in _users) user.CheckTimeout(now);
            if (now >= _endNanoseconds || watch.IsOver(now)) _mayStart = false;
        }

        Measures.Elapsed = TimeSpan.FromMicroseconds((_lastFinishNanoseconds - began) / 1e3);
        Abandon();
        return Measures;
    }

    public void Dispose()
    {
        foreach (var user in _users) user.Close();
        _epoll.Dispose();
    }

    public void Watch(VirtualUser user, int descriptor) => _epoll.Watch(descriptor, ((ulong)user.Generation << 32) | (uint)user.Index);

    public void OnFinished(VirtualUser user, long nowNanoseconds)
    {
        _lastFinishNanoseconds = nowNanoseconds;
        if (nowNanoseconds < _endNanoseconds && TakeTurn()) user.Start(_phase.Ids, _started++);
        else _active--;
    }

    public void OnFailed(VirtualUser user, Failure failure, string where)
    {
        Measures.Errors.Add(failure, where);
        _lastFinishNanoseconds = Clock.NowNanoseconds;
        // Never started from here: an operation that fails at once would call back into itself without end.
        var isDown = failure.Kind is Failure.Refused or Failure.Connect;
        _retries.Enqueue((user, _lastFinishNanoseconds + (isDown ? RetryNanoseconds : 0)));
    }

    private bool TakeTurn() => _mayStart && (_phase.Amount is not { } amount || _started < amount);

    private void Dispatch((uint Events, ulong Tag) happened)
    {
        var user = _users[(int)(uint)happened.Tag];
        if (user.Generation == happened.Tag >> 32) user.OnReady(happened.Events);
    }

    private void Retry()
    {
        var now = Clock.NowNanoseconds;
        for (var left = _retries.Count; left > 0; left--)
        {
            var (user, notBefore) = _retries.Dequeue();
            if (!TakeTurn() || now >= _endNanoseconds) _active--;
            else if (now < notBefore) _retries.Enqueue((user, notBefore));
            else user.Start(_phase.Ids, _started++);
        }
    }

    private void Abandon()
    {
        _retries.Clear();
        foreach (var user in _users.Where(user => user.IsBusy)) user.Close();
    }
}
