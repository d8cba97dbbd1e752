using System.Runtime.InteropServices;
using Linux;

namespace BlobsServer.Storage.Disk.Files;

/// <summary>
/// DIR/.blobs/spool: named temporary files, of new flags, and of whole blobs where the file system has no O_TMPFILE.
/// </summary>
internal sealed class Spool
{
    private readonly PrivateDirectory _directory;

    /// <summary>Makes the directory when it is missing and removes what dead processes left in it.</summary>
    public Spool(OpenFile root)
    {
        _directory = new PrivateDirectory(root, "spool");
        _directory.Sweep();
        LacksUnnamedFiles = !CanMakeUnnamedFiles();
    }

    /// <summary>Whether the file system has no O_TMPFILE (NFS, FUSE, old overlays).</summary>
    public bool LacksUnnamedFiles { get; }

    /// <summary>A new, empty, locked file.</summary>
    public PrivateFile Create() => _directory.CreateTemporary();

    /// <summary>Writes something and forgets it; throws when the disk does not take it.</summary>
    public void Probe()
    {
        using var directory = _directory.Open();
        using var staged = StagedFile.Create(directory, this);
        staged.File.Write("ready?"u8);
    }

    private bool CanMakeUnnamedFiles()
    {
        using var directory = _directory.Open();
        var flags = OpenFlags.Unnamed | OpenFlags.ReadWrite | OpenFlags.CloseOnExec;
        var descriptor = Libc.OpenAt(directory.Descriptor, ".\0"u8, flags, Mode.File);
        var errno = Marshal.GetLastPInvokeError();
        if (descriptor >= 0) new OpenFile(descriptor).Dispose();
        else if (!IsUnsupported(errno)) throw new SystemCallException("open", errno);
        return descriptor >= 0;
    }

    private static bool IsUnsupported(int errno) => errno is Errno.NotSupported or Errno.IsDirectory or Errno.Invalid;
}
