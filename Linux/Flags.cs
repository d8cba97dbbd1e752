using System.Runtime.InteropServices;

namespace Linux;

/// <summary>open(2) flags; four of them have other values on arm64 (asm/fcntl.h).</summary>
internal static class OpenFlags
{
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public static readonly int Directory = IsArm ? 0x4000 : 0x10000;
    public static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;
    public static readonly int Unnamed = 0x400000 | Directory;
}

/// <summary>Constants of linkat, statx and openat2.</summary>
internal static class At
{
    public const int CurrentDirectory = -100;
    public const int SymlinkNoFollow = 0x100;
    public const int SymlinkFollow = 0x400;
    public const int EmptyPath = 0x1000;
    public const nint OpenAt2Number = 437;
    public const ulong ResolveNoSymlinks = 0x04;
    public const ulong ResolveCached = 0x20;
    public const uint StatBasic = 0x7ff;
}

/// <summary>Permissions of what is made: the blobs are one service's, not the machine's.</summary>
internal static class Mode
{
    public const uint File = 0x180; // 0600
    public const uint Directory = 0x1C0; // 0700
}

/// <summary>Error numbers that somebody tells apart (errno(3)).</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int Access = 13;
    public const int Exists = 17;
    public const int NotDirectory = 20;
    public const int IsDirectory = 21;
    public const int Invalid = 22;
    public const int TooManyOpenFilesInSystem = 23;
    public const int TooManyOpenFiles = 24;
    public const int NoSpace = 28;
    public const int ReadOnlyFileSystem = 30;
    public const int BrokenPipe = 32;
    public const int NotImplemented = 38;
    public const int SymlinkLoop = 40;
    public const int NotSupported = 95;
    public const int ConnectionReset = 104;
    public const int TimedOut = 110;
    public const int ConnectionRefused = 111;
    public const int InProgress = 115;
    public const int QuotaExceeded = 122;
}
