using System.Runtime.InteropServices;
using BlobsServer.Linux;

namespace BlobsServer.Storage;

/// <summary>
/// A file that is being written and has no name that anybody could ask for: unnamed (O_TMPFILE), so that the kernel frees it
/// when its process ends in whatever way; or, where the file system lacks that, a locked file in the spool.
/// Linking it gives the final name to exactly one of those who race for it.
/// </summary>
internal sealed class StagedFile : IDisposable
{
    private const uint FileMode = 0x180; // 0600

    // Linking by descriptor alone (AT_EMPTY_PATH) asks for CAP_DAC_READ_SEARCH before Linux 6.10; /proc works everywhere.
    private static volatile bool _linksThroughProc;

    private readonly OpenFile _file;
    private readonly PrivateName? _spoolName;

    private StagedFile(OpenFile file, PrivateName? spoolName)
    {
        _file = file;
        _spoolName = spoolName;
    }

    public OpenFile File => _file;

    /// <summary>A staged file on the directory's file system.</summary>
    public static StagedFile Create(OpenFile directory, Spool spool)
    {
        if (!spool.LacksUnnamedFiles)
        {
            var flags = OpenFlags.Unnamed | OpenFlags.ReadWrite | OpenFlags.CloseOnExec;
            // On the spool when the directory was removed meanwhile: any directory of the file system will do.
            var descriptor = Libc.OpenAt(directory.Descriptor, ".\0"u8, flags, FileMode);
            if (descriptor >= 0) return new StagedFile(new OpenFile(descriptor), spoolName: null);
            if (Marshal.GetLastPInvokeError() != Errno.NoEntry) throw StorageException.Last("open with O_TMPFILE");
        }

        var (file, name) = spool.CreateLocked();
        return new StagedFile(file, name);
    }

    /// <summary>Gives the file its final name, unless somebody has that name already (EEXIST).</summary>
    public LinkOutcome Link(OpenFile directory, ReadOnlySpan<byte> name)
    {
        if (TryLink(directory, name) == 0) return LinkOutcome.Linked;
        return Marshal.GetLastPInvokeError() switch
        {
            Errno.Exists => LinkOutcome.NameTaken,
            Errno.NoEntry => LinkOutcome.DirectoryGone,
            var errno => throw new StorageException("linkat", errno),
        };
    }

    public void Dispose()
    {
        _spoolName?.Remove();
        _file.Dispose();
    }

    private int TryLink(OpenFile directory, ReadOnlySpan<byte> name)
    {
        if (_spoolName is not null) return _spoolName.LinkTo(directory, name);
        if (!_linksThroughProc)
        {
            var result = Libc.LinkAt(_file.Descriptor, "\0"u8, directory.Descriptor, name, At.EmptyPath);
            if (result == 0 || Marshal.GetLastPInvokeError() is not (Errno.NoEntry or Errno.NotPermitted)) return result;
        }

        Span<byte> path = stackalloc byte[32];
        "/proc/self/fd/"u8.CopyTo(path);
        _file.Descriptor.TryFormat(path["/proc/self/fd/".Length..^1], out _, provider: null);
        var throughProc = Libc.LinkAt(At.CurrentDirectory, path, directory.Descriptor, name, At.SymlinkFollow);
        // ENOENT above may also have meant that the directory is gone: only what works here is a habit.
        if (throughProc == 0) _linksThroughProc = true;
        return throughProc;
    }
}
