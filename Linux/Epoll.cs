using System.Runtime.InteropServices;

namespace Linux;

/// <summary>A set of descriptors that epoll(7) watches; a tag of 64 bits comes with each event and says whose it is.</summary>
/// <remarks>
/// A wait leaves out what costs three more calls each time: errno is read after one that failed, not kept after each.
/// </remarks>
internal sealed unsafe class Epoll
{
    public const uint Readable = 0x001;
    public const uint Writable = 0x004;
    public const uint Failed = Error | HungUp;
    public const uint PeerClosed = 0x2000;
    public const uint EdgeTriggered = 1u << 31;

    private const uint Error = 0x008;
    private const uint HungUp = 0x010;
    private const int Add = 1;
    private const int Delete = 2;
    private const int MaxEvents = 256;
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long NanosecondsPerSecond = 1_000_000_000;

    // struct epoll_event is packed on x86-64 only (eventpoll.h).
    private static readonly int TagOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventBytes = TagOffset + sizeof(ulong);

    private readonly int _set;
    private readonly byte[] _events = GC.AllocateArray<byte>(MaxEvents * EventBytes, pinned: true);
    private bool _knowsNanoseconds = true;

    public Epoll()
    {
        _set = SocketCalls.EpollCreate(SocketCalls.CloseOnExec);
        if (_set < 0) throw SystemCallException.Last("epoll_create1");
    }

    /// <summary>Lets waits of this thread end when they should: the kernel may add 50 us (prctl(2), PR_SET_TIMERSLACK).</summary>
    public static void WakeThisThreadPunctually() => _ = SocketCalls.ProcessControl(SocketCalls.SetTimerSlack, 1, 0, 0, 0);

    /// <summary>Watches a socket for all that can happen to it, once each time that it does, until it is closed.</summary>
    public void Watch(int descriptor, ulong tag)
    {
        if (!TryWatch(descriptor, Readable | Writable | PeerClosed | EdgeTriggered, tag))
            throw SystemCallException.Last("epoll_ctl");
    }

    /// <summary>False when the kernel does not watch the descriptor (errno says why).</summary>
    /// <param name="descriptor">An open one.</param>
    /// <param name="events">Of the constants above.</param>
    /// <param name="tag">Comes with each event.</param>
    public bool TryWatch(int descriptor, uint events, ulong tag)
    {
        var change = stackalloc byte[16];
        *(uint*)change = events;
        *(ulong*)(change + TagOffset) = tag;
        return SocketCalls.EpollControl(_set, Add, descriptor, change) == 0;
    }

    public void Unwatch(int descriptor)
    {
        var unused = stackalloc byte[16];
        _ = SocketCalls.EpollControl(_set, Delete, descriptor, unused);
    }

    /// <summary>Waits for events; how many there are, 0 when the time passed or a signal came. -1 ms: for ever.</summary>
    public int Wait(int timeoutMilliseconds)
    {
        fixed (byte* events = _events) return CountOf(SocketCalls.EpollWait(_set, events, MaxEvents, timeoutMilliseconds));
    }

    /// <summary>The same to the nanosecond (Linux 5.11); before that the last millisecond is spent asking again.</summary>
    public int WaitPrecisely(long timeoutNanoseconds)
    {
        var milliseconds = (int)(timeoutNanoseconds / NanosecondsPerMillisecond);
        if (timeoutNanoseconds % NanosecondsPerMillisecond == 0 || !_knowsNanoseconds) return Wait(milliseconds);
        var (seconds, nanoseconds) = Math.DivRem(timeoutNanoseconds, NanosecondsPerSecond);
        var timeout = new TimeSpec { Seconds = (nint)seconds, Nanoseconds = (nint)nanoseconds };
        fixed (byte* events = _events)
        {
            var count = (int)SocketCalls.EpollWaitPrecisely(SocketCalls.EpollPwait2, _set, events, MaxEvents, &timeout, 0, 0);
            if (count >= 0 || Marshal.GetLastSystemError() != Errno.NotImplemented) return CountOf(count);
        }

        _knowsNanoseconds = false;
        return Wait(milliseconds);
    }

    /// <summary>An event of the last wait.</summary>
    public (uint Events, ulong Tag) this[int index]
    {
        get
        {
            fixed (byte* at = &_events[index * EventBytes]) return (*(uint*)at, *(ulong*)(at + TagOffset));
        }
    }

    /// <summary>For a set whose user ends before its process does; a server's never does.</summary>
    public void Close() => _ = Libc.Close(_set);

    private static int CountOf(int result)
    {
        if (result >= 0) return result;
        var errno = Marshal.GetLastSystemError();
        return errno == Errno.Interrupted ? 0 : throw new SystemCallException("epoll_wait", errno);
    }
}
