using System.Runtime.InteropServices;
using Linux;

namespace BlobsServer.Storage.Disk.Files;

/// <summary>
/// A file that is being written and has no name that anybody could ask for: unnamed (O_TMPFILE), so that the kernel frees it
/// when its process ends in whatever way; or, where the file system lacks that, a locked file in the spool.
/// Linking it gives the final name to exactly one of those who race for it.
/// </summary>
internal sealed class StagedFile : IDisposable
{
    // Linking by descriptor alone (AT_EMPTY_PATH) asks for CAP_DAC_READ_SEARCH before Linux 6.10; /proc works everywhere.
    private static volatile bool _linksThroughProc;

    private readonly PrivateFile? _named;

    private StagedFile(OpenFile file, PrivateFile? named)
    {
        File = file;
        _named = named;
    }

    public OpenFile File { get; }

    /// <summary>A staged file on the directory's file system.</summary>
    public static StagedFile Create(OpenFile directory, Spool spool)
    {
        if (!spool.LacksUnnamedFiles)
        {
            var flags = OpenFlags.Unnamed | OpenFlags.ReadWrite | OpenFlags.CloseOnExec;
            // In the spool when the directory was removed meanwhile: any directory of the file system will do.
            var descriptor = Libc.OpenAt(directory.Descriptor, ".\0"u8, flags, Mode.File);
            if (descriptor >= 0) return new StagedFile(new OpenFile(descriptor), named: null);
            if (Marshal.GetLastPInvokeError() != Errno.NoEntry) throw SystemCallException.Last("open with O_TMPFILE");
        }

        var named = spool.Create();
        return new StagedFile(named.File, named);
    }

    /// <summary>Gives the file its final name; false and errno when that fails: EEXIST when somebody has that name.</summary>
    public bool TryLink(OpenFile directory, ReadOnlySpan<byte> name)
    {
        if (_named is not null) return _named.LinkTo(directory, name) == 0;
        if (!_linksThroughProc)
        {
            var result = Libc.LinkAt(File.Descriptor, "\0"u8, directory.Descriptor, name, At.EmptyPath);
            if (result == 0) return true;
            if (Marshal.GetLastPInvokeError() is not (Errno.NoEntry or Errno.NotPermitted)) return false;
        }

        Span<byte> path = stackalloc byte[32];
        "/proc/self/fd/"u8.CopyTo(path);
        File.Descriptor.TryFormat(path["/proc/self/fd/".Length..^1], out _, provider: null);
        var throughProc = Libc.LinkAt(At.CurrentDirectory, path, directory.Descriptor, name, At.SymlinkFollow);
        // ENOENT above may also have meant that the directory is gone: only what works here is a habit.
        if (throughProc == 0) _linksThroughProc = true;
        return throughProc == 0;
    }

    /// <summary>Whether somebody removed it from the spool.</summary>
    public bool HasLostItsName() => _named is not null && File.Status().Links == 0;

    public void Dispose()
    {
        if (_named is not null) _named.Dispose();
        else File.Dispose();
    }
}
