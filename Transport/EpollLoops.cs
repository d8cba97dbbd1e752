using System.Diagnostics;

namespace Transport;

/// <summary>
/// The threads of the transport: one that accepts, and one a processor that runs connections, of which as many have any as the
/// work needs (<see cref="LoopCount"/>).
/// </summary>
internal sealed class EpollLoops
{
    private static readonly long WindowTicks = Stopwatch.Frequency / 20;
    private static readonly Lazy<EpollLoops> OfProcess = new(() => new EpollLoops());

    private static long _lastNumber;

    private readonly EpollLoop[] _running;
    private readonly LoopCount _count;
    private readonly Lock _looking = new();
    private volatile int _active = 1;
    private long _lookedAt = Stopwatch.GetTimestamp();

    public EpollLoops()
        : this(Environment.ProcessorCount)
    {
    }

    /// <param name="count">How many there are to run connections.</param>
    public EpollLoops(int count)
    {
        _count = new LoopCount(count);
        _running = [.. Enumerable.Range(0, count).Select(number => new EpollLoop($"epoll {number}", LookAfter))];
    }

    /// <summary>The process's: those whom it serves and the stores that it asks share them.</summary>
    public static EpollLoops Shared => OfProcess.Value;

    /// <summary>It always has connections.</summary>
    public EpollLoop First => _running[0];

    public EpollLoop Accepting { get; } = new("epoll accept");

    /// <summary>For a new target: no other's.</summary>
    public static uint NewNumber() => (uint)Interlocked.Increment(ref _lastNumber);

    /// <summary>Where a connection belongs now: in the order of their numbers they go to the active loops in turn.</summary>
    public EpollLoop For(uint number) => _running[number % (uint)_active];

    /// <summary>So many loops run connections from now on; each connection moves with its next event.</summary>
    public void Spread(int active) => _active = active;

    /// <summary>Each loop comes by after each wait, and looks when it is time. Where all are idle nobody has to.</summary>
    private void LookAfter(long now)
    {
        if (now - Volatile.Read(ref _lookedAt) < WindowTicks || !_looking.TryEnter()) return;
        try
        {
            if (now - _lookedAt < WindowTicks) return; // another was faster
            Volatile.Write(ref _lookedAt, now);
            var loads = new LoopLoad[_running.Length];
            for (var index = 0; index < loads.Length; index++) loads[index] = _running[index].Use.TakeLoad(now);
            _count.Look(loads.AsSpan(0, _active));
            Spread(_count.Active);
        }
        finally
        {
            _looking.Exit();
        }
    }
}
