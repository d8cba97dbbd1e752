using System.Runtime.InteropServices;

namespace Linux;

/// <summary>struct open_how of openat2(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenHow
{
    public ulong Flags;
    public ulong Mode;
    public ulong Resolve;
}

/// <summary>struct iovec of writev(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public byte* Start;
    public nint Length;
}

/// <summary>struct timespec of 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpec
{
    public nint Seconds;
    public nint Nanoseconds;
}

/// <summary>The type in struct statfs of fstatfs(2); the numbers are those of linux/magic.h.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileSystemStatus
{
    private const long Tmpfs = 0x01021994;
    private const long Ext = 0xEF53;
    private const long Xfs = 0x58465342;
    private const long Btrfs = 0x9123683E;

    [FieldOffset(0)]
    private readonly long _type;

    /// <summary>Whether the files lie in memory, so that nothing ever waits for a disk.</summary>
    public readonly bool IsInMemory => _type == Tmpfs;

    /// <summary>ext4, or what it came from.</summary>
    public readonly bool IsExt => _type == Ext;

    /// <summary>
    /// Whether the kernel alone knows what is in the files: what it has in memory is the truth and costs no wait, and
    /// syncfs(2) reaches the disk. Of others (FUSE, NFS) neither is known.
    /// </summary>
    public readonly bool IsLocal => IsInMemory || _type is Ext or Xfs or Btrfs;
}

/// <summary>struct rlimit of getrlimit(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceLimit
{
    public const int OpenFiles = 7;

    public ulong Soft;
    public ulong Hard;
}

/// <summary>The parts of struct statx (the same on every architecture, unlike struct stat) that we read.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const int SocketType = 0xC000;
    private const long NanosecondsPerSecond = 1_000_000_000;

    [FieldOffset(16)]
    private readonly uint _links;

    [FieldOffset(28)]
    private readonly ushort _mode;

    [FieldOffset(32)]
    private readonly ulong _inode;

    [FieldOffset(40)]
    private readonly ulong _size;

    [FieldOffset(96)]
    private readonly long _changedSeconds;

    [FieldOffset(104)]
    private readonly uint _changedNanoseconds;

    [FieldOffset(112)]
    private readonly long _modifiedSeconds;

    [FieldOffset(120)]
    private readonly uint _modifiedNanoseconds;

    [FieldOffset(136)]
    private readonly uint _deviceMajor;

    [FieldOffset(140)]
    private readonly uint _deviceMinor;

    public readonly bool IsRegular => (_mode & TypeMask) == RegularType;

    public readonly bool IsSocket => (_mode & TypeMask) == SocketType;

    /// <summary>Names that the file has: 0 once the last was removed.</summary>
    public readonly uint Links => _links;

    public readonly long SizeBytes => (long)_size;

    public readonly long ModifiedNanoseconds => (_modifiedSeconds * NanosecondsPerSecond) + _modifiedNanoseconds;

    /// <summary>When anything of the file changed that is not its bytes alone: its names, its owner.</summary>
    public readonly long ChangedNanoseconds => (_changedSeconds * NanosecondsPerSecond) + _changedNanoseconds;

    public readonly uint DeviceMajor => _deviceMajor;

    public readonly uint DeviceMinor => _deviceMinor;

    public readonly bool IsOnSameDevice(in FileStatus other) =>
        _deviceMajor == other._deviceMajor && _deviceMinor == other._deviceMinor;

    /// <summary>Whether both describe one file of which nothing changed in between, neither bytes nor names.</summary>
    public readonly bool IsUnchanged(in FileStatus other) =>
        IsSameFile(other) && IsOnSameDevice(other) && _links == other._links && ChangedNanoseconds == other.ChangedNanoseconds;

    /// <summary>Whether both describe one file that did not change in between (an inode number may be used again).</summary>
    public readonly bool IsSameFile(in FileStatus other) =>
        _inode == other._inode && _size == other._size && ModifiedNanoseconds == other.ModifiedNanoseconds;
}
