using System.Runtime.InteropServices;

namespace Linux;

/// <summary>One epoll(7) set of descriptors, for as long as the process lives.</summary>
internal sealed unsafe class Epoll
{
    public const uint Readable = 0x001;
    public const uint Writable = 0x004;
    public const uint Error = 0x008;
    public const uint HungUp = 0x010;
    public const uint PeerClosed = 0x2000;
    public const uint EdgeTriggered = 1u << 31;

    private const int Add = 1;
    private const int Delete = 2;

    // struct epoll_event is packed on x86-64 only (eventpoll.h).
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventBytes = DataOffset + sizeof(ulong);

    private readonly int _set;
    private readonly byte[] _events;

    public Epoll(int maxEvents)
    {
        _set = SocketCalls.EpollCreate(SocketCalls.CloseOnExec);
        if (_set < 0) throw SystemCallException.Last("epoll_create1");
        _events = GC.AllocateArray<byte>(maxEvents * EventBytes, pinned: true);
    }

    /// <summary>False when the kernel does not watch the descriptor (errno says why).</summary>
    /// <param name="descriptor">An open one.</param>
    /// <param name="events">Of the constants above.</param>
    /// <param name="number">Comes with each event, and tells who has the descriptor now from who had it before.</param>
    public bool TryWatch(int descriptor, uint events, uint number)
    {
        var change = stackalloc byte[16];
        *(uint*)change = events;
        *(ulong*)(change + DataOffset) = ((ulong)number << 32) | (uint)descriptor;
        return SocketCalls.EpollControl(_set, Add, descriptor, change) == 0;
    }

    public void Unwatch(int descriptor)
    {
        var unused = stackalloc byte[16];
        _ = SocketCalls.EpollControl(_set, Delete, descriptor, unused);
    }

    /// <summary>Waits for events; how many there are, 0 after a signal.</summary>
    public int Wait(int timeoutMilliseconds)
    {
        fixed (byte* events = _events)
        {
            var count = SocketCalls.EpollWait(_set, events, _events.Length / EventBytes, timeoutMilliseconds);
            return Math.Max(count, 0);
        }
    }

    /// <summary>An event of the last wait.</summary>
    public (int Descriptor, uint Number, uint Events) this[int index]
    {
        get
        {
            var at = _events.AsSpan(index * EventBytes);
            var data = MemoryMarshal.Read<ulong>(at[DataOffset..]);
            return ((int)data, (uint)(data >> 32), MemoryMarshal.Read<uint>(at));
        }
    }
}
