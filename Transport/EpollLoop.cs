using System.Collections.Concurrent;
using Linux;

namespace Transport;

/// <summary>
/// One thread that waits for the events of its connections and runs what waits for them, up to and including the answer
/// of a short request: no queue, no other thread, no context switch. What may take long leaves the thread by itself, and
/// what only goes on and on (<see cref="Turn"/>) gets its next turn when all others had theirs.
/// </summary>
internal sealed class EpollLoop
{
    private const int Forever = -1;

    [ThreadStatic]
    private static EpollLoop? _current;

    private readonly Epoll _epoll = new();
    private readonly WakeUp _wakeUp = new();
    private readonly ConcurrentQueue<IThreadPoolWorkItem> _posted = new();
    private readonly Action<long>? _afterWait;
    private IEventTarget?[] _targets = new IEventTarget?[64];
    private volatile bool _maySleep;

    /// <param name="name">Its thread's.</param>
    /// <param name="afterWait">Called with the present whenever it has waited for events.</param>
    public EpollLoop(string name, Action<long>? afterWait = null)
    {
        _afterWait = afterWait;
        if (!TryAdd(_wakeUp, Epoll.Readable | Epoll.EdgeTriggered)) throw SystemCallException.Last("epoll_ctl");
        new Thread(Run) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>The one whose thread this is; null on every other thread.</summary>
    public static EpollLoop? Current => _current;

    /// <summary>
    /// For the bytes of its connections. What a loop has just given back is still in its processor's cache, and nobody else's
    /// lock.
    /// </summary>
    public BlockPool Pool { get; } = new();

    /// <summary>What it does with its time.</summary>
    public LoopUse Use { get; } = new();

    /// <summary>Watches from now on; false when the kernel has no room for it.</summary>
    public bool TryAdd(IEventTarget target, uint events)
    {
        var descriptor = target.Descriptor;
        lock (_epoll)
        {
            if (descriptor >= _targets.Length) Array.Resize(ref _targets, Math.Max(descriptor + 1, 2 * _targets.Length));
            _targets[descriptor] = target;
        }

        return _epoll.TryWatch(descriptor, events, ((ulong)target.Number << 32) | (uint)descriptor);
    }

    /// <summary>Stops watching what stays open.</summary>
    public void Remove(IEventTarget target)
    {
        _epoll.Unwatch(target.Descriptor);
        Forget(target);
    }

    /// <summary>To be called before its only descriptor is closed, with which the kernel stops watching (epoll(7)).</summary>
    public void Forget(IEventTarget target)
    {
        lock (_epoll) _targets[target.Descriptor] = null;
    }

    /// <summary>
    /// From any thread: it is done on the loop's, after all that have an event now. That is seen either by the loop, before it
    /// sleeps, or here, that it may.
    /// </summary>
    public void Post(IThreadPoolWorkItem work)
    {
        _posted.Enqueue(work);
        Interlocked.MemoryBarrier();
        if (_maySleep) _wakeUp.Signal();
    }

    private void Run()
    {
        _current = this;
        while (true)
        {
            Use.BeginWait();
            _maySleep = true;
            Interlocked.MemoryBarrier();
            var count = _epoll.Wait(_posted.IsEmpty ? Forever : 0);
            _maySleep = false;
            var now = Use.EndWait();
            for (var index = 0; index < count; index++)
            {
                var (events, tag) = _epoll[index];
                // An event can be older than its descriptor's present owner, whom it would tell of another's end.
                var target = Volatile.Read(ref _targets)[(int)tag];
                if (target?.Number == tag >> 32) target.OnEvent(events);
            }

            if (!_posted.IsEmpty) DoPosted(_posted.Count);
            _afterWait?.Invoke(now);
        }
    }

    /// <summary>What is posted meanwhile, as by who wants another turn, is behind whoever has an event by then.</summary>
    private void DoPosted(int count)
    {
        while (count-- > 0 && _posted.TryDequeue(out var work)) work.Execute();
    }
}
