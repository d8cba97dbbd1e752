using System.Runtime.InteropServices;

namespace MultiProc.Processes;

/// <summary>The few calls of the kernel that .NET does not offer.</summary>
internal static partial class Posix
{
    public const int SigKill = 9;
    public const int SigUsr1 = 10;
    public const int SigTerm = 15;

    private const int AtCurrentDirectory = -100;
    private const int AtSymlinkNoFollow = 0x100;
    private const uint StatxTypeAndUid = 0x1 | 0x8;
    private const int StatxUidOffset = 20;
    private const int StatxModeOffset = 28;
    private const int FileTypeMask = 0xF000;
    private const int FileTypeSocket = 0xC000;

    public static uint EffectiveUserId => GetEffectiveUserId();

    /// <summary>Sends a signal; one to a process that has just ended is no error.</summary>
    public static void Signal(int pid, int signal) => _ = Kill(pid, signal);

    /// <summary>Sends a signal to every member of a process group.</summary>
    public static void SignalGroup(int processGroup, int signal) => _ = Kill(-processGroup, signal);

    /// <summary>Sets the process's file mode creation mask and returns the one before.</summary>
    public static int SetFileModeMask(int mask) => (int)Umask((uint)mask);

    /// <summary>Who owns a file and whether it is a socket, symbolic links not followed; null when there is none.</summary>
    public static FileFacts? FactsOf(string path)
    {
        Span<byte> statx = stackalloc byte[256];
        if (Statx(AtCurrentDirectory, path, AtSymlinkNoFollow, StatxTypeAndUid, ref MemoryMarshal.GetReference(statx)) != 0)
            return null;
        var mode = BitConverter.ToUInt16(statx[StatxModeOffset..]);
        return new FileFacts(BitConverter.ToUInt32(statx[StatxUidOffset..]), (mode & FileTypeMask) == FileTypeSocket);
    }

    /// <summary>User and system time of a process to the nanosecond, ended threads included; null when it is gone.</summary>
    public static TimeSpan? CpuTimeOf(int pid)
    {
        // clock_getcpuclockid(3) in the kernel's own words: the inverted pid above three bits, of which 2 is CPUCLOCK_SCHED.
        // /proc/PID/stat holds the same sum in ticks of 10 ms, which is 1 % of a run of one second.
        var clock = (~pid << 3) | 2;
        return ClockGetTime(clock, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick)
            : null;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Umask(uint mask);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte buffer);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    internal sealed record FileFacts(uint OwnerUserId, bool IsSocket);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
