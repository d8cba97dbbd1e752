using System.Runtime.InteropServices;
using BlobsServer.Linux;

namespace BlobsServer.Storage;

/// <summary>
/// DIR/.blobs/spool: named temporary files (new flags; whole blobs on file systems without O_TMPFILE). No user is called
/// ".blobs", so nothing here can be asked for. Each file is locked (flock) by the process that writes it, which is how
/// another process knows that it must leave the file alone.
/// </summary>
internal sealed class Spool
{
    private const uint DirectoryMode = 0x1C0; // 0700
    private const uint FileMode = 0x180; // 0600
    private const int MaxTries = 100;

    private readonly OpenFile _root;
    private long _lastNumber;

    public Spool(OpenFile root)
    {
        _root = root;
        MakeDirectories();
        LacksUnnamedFiles = !CanMakeUnnamedFiles();
    }

    /// <summary>Whether the file system has no O_TMPFILE (NFS, FUSE, old overlays).</summary>
    public bool LacksUnnamedFiles { get; }

    /// <summary>A new, empty, locked file.</summary>
    public (OpenFile File, SpoolName Name) CreateLocked()
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var name = new SpoolName(_root, $".blobs/spool/{Environment.ProcessId}-{Interlocked.Increment(ref _lastNumber)}-{Random.Shared.Next():x}");
            var flags = OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.ReadWrite | OpenFlags.CloseOnExec;
            var descriptor = Libc.OpenAt(_root.Descriptor, name.Path, flags, FileMode);
            if (descriptor < 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                if (errno == Errno.NoEntry) MakeDirectories();
                else if (errno != Errno.Exists) throw new StorageException("making a temporary file", errno);
                continue;
            }

            var file = new OpenFile(descriptor);
            // A process that is just starting may have found the file before we locked it, and have removed it as left over.
            if (Libc.Lock(descriptor, At.LockExclusive | At.LockNonBlocking) == 0 && file.Status().Links > 0) return (file, name);
            file.Dispose();
        }

        throw new StorageException("making a temporary file", Errno.Exists);
    }

    private void MakeDirectories()
    {
        foreach (var path in new[] { ".blobs\0", ".blobs/spool\0" })
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(path);
            if (Libc.MakeDirectoryAt(_root.Descriptor, bytes, DirectoryMode) != 0 && Marshal.GetLastPInvokeError() != Errno.Exists)
            {
                throw StorageException.Last("mkdir");
            }
        }
    }

    private bool CanMakeUnnamedFiles()
    {
        var flags = OpenFlags.Unnamed | OpenFlags.ReadWrite | OpenFlags.CloseOnExec;
        var descriptor = Libc.OpenAt(_root.Descriptor, ".blobs/spool\0"u8, flags, FileMode);
        if (descriptor >= 0) new OpenFile(descriptor).Dispose();
        else if (Marshal.GetLastPInvokeError() is not (Errno.NotSupported or Errno.IsDirectory or Errno.Invalid)) throw StorageException.Last("open");
        return descriptor >= 0;
    }
}
