using System.ComponentModel;
using System.Runtime.InteropServices;

namespace RequestClient.Net;

/// <summary>Edge-triggered readiness of many sockets (epoll(7)); a tag of 64 bits says which one is meant.</summary>
internal sealed unsafe class Epoll : IDisposable
{
    public const uint Readable = 0x1;
    public const uint Writable = 0x4;
    public const uint Failed = 0x8 | 0x10;
    public const uint PeerClosed = 0x2000;
    private const uint EdgeTriggered = 1u << 31;
    private const int Add = 1;
    private const int Capacity = 256;
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>struct epoll_event is packed on x86-64 and nowhere else (epoll_ctl(2)).</summary>
    private static readonly int TagOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int Stride = TagOffset + 8;

    private readonly byte[] _events = GC.AllocateArray<byte>(Capacity * Stride, pinned: true);
    private readonly int _descriptor = Libc.EpollCreate(Libc.CloseOnExec);
    private bool _knowsNanoseconds = true;

    public Epoll()
    {
        if (_descriptor < 0) throw new Win32Exception(Libc.LastError);
    }

    /// <summary>Watches a socket for all that can happen to it, until it is closed.</summary>
    public void Watch(int descriptor, ulong tag)
    {
        var @event = stackalloc byte[Stride];
        *(uint*)@event = Readable | Writable | PeerClosed | EdgeTriggered;
        *(ulong*)(@event + TagOffset) = tag;
        if (Libc.EpollControl(_descriptor, Add, descriptor, @event) < 0)
            throw new Win32Exception(Libc.LastError);
    }

    /// <summary>Lets waits of this thread end when they should: the kernel may add 50 us (prctl(2), PR_SET_TIMERSLACK).</summary>
    public static void WakeThisThreadPunctually() => _ = Libc.ProcessControl(Libc.SetTimerSlack, 1, 0, 0, 0);

    /// <summary>Waits for events; gives how many there are, 0 when the time passed or a signal came.</summary>
    public int Wait(long timeoutNanoseconds)
    {
        fixed (byte* events = _events)
        {
            var count = timeoutNanoseconds % NanosecondsPerMillisecond == 0
                ? Libc.EpollWait(_descriptor, events, Capacity, (int)(timeoutNanoseconds / NanosecondsPerMillisecond))
                : WaitPrecisely(events, timeoutNanoseconds);
            if (count >= 0) return count;
        }

        var error = Libc.LastError;
        return error == Errno.Interrupted ? 0 : throw new Win32Exception(error);
    }

    /// <summary>epoll_pwait2 takes nanoseconds (Linux 5.11); before that the last millisecond is spent asking again.</summary>
    private int WaitPrecisely(byte* events, long timeoutNanoseconds)
    {
        if (_knowsNanoseconds)
        {
            var (seconds, nanoseconds) = Math.DivRem((nint)timeoutNanoseconds, 1_000_000_000);
            var timeout = new Libc.TimeSpec { Seconds = seconds, Nanoseconds = nanoseconds };
            var count = (int)Libc.SystemCall(Libc.EpollPwait2, _descriptor, (nint)events, Capacity, (nint)(&timeout), 0, 0);
            if (count >= 0 || Libc.LastError != Errno.NoSystemCall) return count;
            _knowsNanoseconds = false;
        }

        return Libc.EpollWait(_descriptor, events, Capacity, (int)(timeoutNanoseconds / NanosecondsPerMillisecond));
    }

    /// <summary>One event of the last wait.</summary>
    public (uint Events, ulong Tag) this[int index]
    {
        get
        {
            fixed (byte* @event = &_events[index * Stride]) return (*(uint*)@event, *(ulong*)(@event + TagOffset));
        }
    }

    public void Dispose() => _ = Libc.Close(_descriptor);
}
