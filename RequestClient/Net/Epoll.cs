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

    /// <summary>struct epoll_event is packed on x86-64 and nowhere else (epoll_ctl(2)).</summary>
    private static readonly int TagOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int Stride = TagOffset + 8;

    private readonly byte[] _events = GC.AllocateArray<byte>(Capacity * Stride, pinned: true);
    private readonly int _descriptor = Libc.EpollCreate(Libc.CloseOnExec);

    public Epoll()
    {
        if (_descriptor < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Watches a socket for all that can happen to it, until it is closed.</summary>
    public void Watch(int descriptor, ulong tag)
    {
        var @event = stackalloc byte[Stride];
        *(uint*)@event = Readable | Writable | PeerClosed | EdgeTriggered;
        *(ulong*)(@event + TagOffset) = tag;
        if (Libc.EpollControl(_descriptor, Add, descriptor, @event) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Waits for events; gives how many there are, 0 when the time passed or a signal came.</summary>
    public int Wait(int timeoutMilliseconds)
    {
        fixed (byte* events = _events)
        {
            var count = Libc.EpollWait(_descriptor, events, Capacity, timeoutMilliseconds);
            if (count >= 0) return count;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == Errno.Interrupted ? 0 : throw new Win32Exception(error);
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
