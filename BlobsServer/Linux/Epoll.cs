using System.Runtime.InteropServices;

namespace BlobsServer.Linux;

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
    public bool TryWatch(int descriptor, uint events)
    {
        var change = stackalloc byte[16];
        *(uint*)change = events;
        *(ulong*)(change + DataOffset) = (ulong)descriptor;
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
    public (int Descriptor, uint Events) this[int index]
    {
        get
        {
            var at = _events.AsSpan(index * EventBytes);
            return ((int)MemoryMarshal.Read<ulong>(at[DataOffset..]), MemoryMarshal.Read<uint>(at));
        }
    }
}
