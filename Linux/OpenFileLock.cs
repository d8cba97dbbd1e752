using System.Runtime.InteropServices;

namespace Linux;

/// <summary>
/// Open file description locks (fcntl(2)): as those of flock(2) they end with the process, and one can ask whether somebody
/// has one without taking it.
/// </summary>
internal static class OpenFileLock
{
    private const int Get = 36; // F_OFD_GETLK
    private const int Set = 37; // F_OFD_SETLK
    private const short Read = 0;
    private const short Write = 1;
    private const short None = 2;

    /// <summary>A lock that any number of processes can have; false where there are no such locks.</summary>
    public static bool TryShare(OpenFile file)
    {
        var wanted = new FileRange { Type = Read };
        return Libc.Control(file.Descriptor, Set, ref wanted) == 0;
    }

    /// <summary>Whether another open file of the same directory entry has such a lock.</summary>
    public static bool IsShared(OpenFile file)
    {
        var asked = new FileRange { Type = Write };
        return Libc.Control(file.Descriptor, Get, ref asked) == 0 && asked.Type != None;
    }

    /// <summary>struct flock of fcntl(2); all zero, it is the whole file.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct FileRange
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Process;
    }
}
