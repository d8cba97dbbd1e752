using System.Runtime.InteropServices;

namespace Linux;

/// <summary>The system calls that servers and clients of sockets are made of. All sockets here are non-blocking.</summary>
internal static unsafe partial class SocketCalls
{
    public const int CloseOnExec = 0x80000;
    public const int NonBlocking = 0x800;
    public const int NoSignal = 0x4000;
    public const int ShutdownBoth = 2;
    public const nint EpollPwait2 = 441;
    public const int SetTimerSlack = 29;

    private const int Peek = 2;
    private const string Library = "libc";

    /// <summary>Whether there are bytes that were not received yet.</summary>
    public static bool HasBytes(int socket)
    {
        byte first;
        return Receive(socket, &first, 1, Peek) > 0;
    }

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, byte* @event);

    [LibraryImport(Library, EntryPoint = "epoll_wait")]
    public static partial int EpollWait(int epoll, byte* events, int maxEvents, int timeoutMilliseconds);

    /// <summary>
    /// epoll_pwait2(2), by its number, which is the same on every 64-bit machine: older C libraries don't know its name.
    /// </summary>
    [LibraryImport(Library, EntryPoint = "syscall")]
    public static partial nint EpollWaitPrecisely(
        nint number, nint epoll, byte* events, nint maxEvents, TimeSpec* timeout, nint signals, nint signalBytes);

    [LibraryImport(Library, EntryPoint = "prctl")]
    public static partial int ProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventCreate(uint value, int flags);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint EventSignal(int descriptor, in ulong value, nint bytes);

    [LibraryImport(Library, EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(int listener, nint address, nint addressBytes, int flags);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int socket, int level, int name, in int value, int valueBytes);

    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, byte* buffer, nint bytes, int flags);

    [LibraryImport(Library, EntryPoint = "sendmsg", SetLastError = true)]
    public static partial nint SendMessage(int socket, in MessageHeader message, int flags);

    [LibraryImport(Library, EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(int socket, int how);
}

/// <summary>struct msghdr of sendmsg(2), of which only the vectors are used.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public nint Name;
    public uint NameBytes;
    public IoVector* Vectors;
    public nint VectorCount;
    public nint Control;
    public nint ControlBytes;
    public int Flags;
}
