using System.Runtime.InteropServices;

namespace BlobsServer.Linux;

/// <summary>flock(2): locks of an open file, dropped when it is closed, also by the end of its process.</summary>
internal static class FileLock
{
    public static void Wait(OpenFile file)
    {
        while (Libc.Lock(file.Descriptor, At.LockExclusive) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Errno.Interrupted) throw StorageException.Last("flock");
        }
    }

    /// <summary>False when somebody else has it.</summary>
    public static bool Try(OpenFile file) => Libc.Lock(file.Descriptor, At.LockExclusive | At.LockNonBlocking) == 0;

    public static void Release(OpenFile file) => _ = Libc.Lock(file.Descriptor, At.Unlock);
}
