using System.Runtime.InteropServices;
using System.Text;

namespace DurableFiles;

/// <summary>One thread's files.</summary>
internal static partial class DurableWriter
{
    private const int BlobBytes = 10 * 1024;
    private const int CreateExclusiveWriteOnly = 0xC1; // O_CREAT | O_EXCL | O_WRONLY
    private const int OwnersOnly = 0x180; // 0600

    /// <summary>Stores files for as long as it may; how many.</summary>
    public static long Fill(string directory, Func<bool> mayGoOn)
    {
        var bytes = new byte[BlobBytes];
        Random.Shared.NextBytes(bytes);
        var folder = Check(Open(Encoding.UTF8.GetBytes(directory + '\0'), 0, 0), "open");
        var count = 0L;
        for (; mayGoOn(); count++)
        {
            var file = Check(OpenAt(folder, Encoding.ASCII.GetBytes($"{count}\0"), CreateExclusiveWriteOnly, OwnersOnly), "openat");
            if (Check(Write(file, bytes, bytes.Length), "write") < bytes.Length) throw new IOException("a short write");
            Check(Sync(file), "fsync");
            Check(Sync(folder), "fsync");
            Check(Close(file), "close");
        }

        return count;
    }

    private static int Check(nint result, string call) =>
        result >= 0 ? (int)result : throw new IOException($"{call}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int Open(byte[] path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenAt(int directory, byte[] path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int file, byte[] bytes, nint count);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);
}
