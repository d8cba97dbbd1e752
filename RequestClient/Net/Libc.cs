using System.Runtime.InteropServices;

namespace RequestClient.Net;

/// <summary>The system calls that the load loop lives on; see the man page of each. Numbers are Linux's.</summary>
/// <remarks>
/// None is declared with SetLastError, which costs three more calls each time: <see cref="LastError"/> reads errno after
/// one failed. Those that never wait and come with every request also leave out the hand-over to the collector.
/// </remarks>
internal static unsafe partial class Libc
{
    public const int StreamSocket = 1;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int NoSignal = 0x4000;
    public const int SolSocket = 1;
    public const int SocketError = 4;
    public const int ProtocolTcp = 6;
    public const int TcpNoDelay = 1;

    /// <summary>Number of the system call, the same on every 64-bit machine; older C libraries don't know its name.</summary>
    public const nint EpollPwait2 = 441;
    public const int SetTimerSlack = 29;
    public const int OpenFiles = 7;

    /// <summary>errno; to be read right after the call that failed.</summary>
    public static int LastError => Marshal.GetLastSystemError();

    /// <summary>Becomes a process group of its own, so that Ctrl-C in a terminal reaches only who is meant.</summary>
    public static void LeaveProcessGroup() => _ = SetProcessGroup(0, 0);

    /// <summary>One piece of a gathered write: struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct IoVector
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary>struct msghdr of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        public void* Name;
        public nuint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public nint Flags;
    }

    /// <summary>struct rlimit.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ResourceLimit
    {
        public nuint Soft;
        public nuint Hard;
    }

    /// <summary>struct timespec of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "socket")]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect")]
    public static partial int Connect(int descriptor, byte* address, uint length);

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    public static partial int SetOption(int descriptor, int level, int name, int* value, uint length);

    [LibraryImport("libc", EntryPoint = "getsockopt")]
    public static partial int GetOption(int descriptor, int level, int name, int* value, uint* length);

    [SuppressGCTransition]
    [LibraryImport("libc", EntryPoint = "send")]
    public static partial nint Send(int descriptor, byte* bytes, nuint length, int flags);

    [SuppressGCTransition]
    [LibraryImport("libc", EntryPoint = "sendmsg")]
    public static partial nint SendMessage(int descriptor, MessageHeader* message, int flags);

    [SuppressGCTransition]
    [LibraryImport("libc", EntryPoint = "recv")]
    public static partial nint Receive(int descriptor, byte* bytes, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    public static partial int EpollControl(int epoll, int operation, int descriptor, byte* @event);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    public static partial int EpollWait(int epoll, byte* events, int capacity, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "syscall")]
    public static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth, nint fifth, nint sixth);

    [LibraryImport("libc", EntryPoint = "prctl")]
    public static partial int ProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    public static partial int GetLimit(int resource, ResourceLimit* limit);

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int process, int group);
}
