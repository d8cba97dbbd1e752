using System.Runtime.InteropServices;

namespace Linux;

/// <summary>flock(2): locks of an open file, dropped when it is closed, also by the end of its process.</summary>
internal static class FileLock
{
    private const int Exclusive = 2;
    private const int Shared = 1;
    private const int NonBlocking = 4;
    private const int Unlock = 8;

    public static void Wait(OpenFile file)
    {
        while (Libc.Lock(file.Descriptor, Exclusive) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Errno.Interrupted) throw SystemCallException.Last("flock");
        }
    }

    /// <summary>False when somebody else has it.</summary>
    public static bool Try(OpenFile file) => Libc.Lock(file.Descriptor, Exclusive | NonBlocking) == 0;

    /// <summary>The same, of a lock that several can have at once.</summary>
    public static bool TryShared(OpenFile file) => Libc.Lock(file.Descriptor, Shared | NonBlocking) == 0;

    public static void Release(OpenFile file) => _ = Libc.Lock(file.Descriptor, Unlock);
}
