using System.Runtime.InteropServices;
using Linux;

namespace RequestClient.Net;

/// <summary>The system calls that only the load loop makes, or makes in its own way; see the man page of each.</summary>
/// <remarks>
/// None is declared with SetLastError, which costs three more calls each time: <see cref="LastError"/> reads errno after
/// one failed. Those that never wait and come with every request also leave out the hand-over to the collector.
/// </remarks>
internal static unsafe partial class ClientCalls
{
    public const int StreamSocket = 1;
    public const int SolSocket = 1;
    public const int SocketError = 4;
    public const int ProtocolTcp = 6;
    public const int TcpNoDelay = 1;

    /// <summary>errno; to be read right after the call that failed.</summary>
    public static int LastError => Marshal.GetLastSystemError();

    /// <summary>Becomes a process group of its own, so that Ctrl-C in a terminal reaches only who is meant.</summary>
    public static void LeaveProcessGroup() => _ = SetProcessGroup(0, 0);

    [LibraryImport("libc", EntryPoint = "socket")]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect")]
    public static partial int Connect(int descriptor, byte* address, uint length);

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

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int process, int group);
}
