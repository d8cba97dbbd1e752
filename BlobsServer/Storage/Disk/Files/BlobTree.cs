using System.Runtime.InteropServices;
using Linux;

namespace BlobsServer.Storage.Disk.Files;

/// <summary>
/// The directories below DIR. Whatever a user's tree holds, no symbolic link in it is followed: paths are resolved with
/// openat2 and RESOLVE_NO_SYMLINKS, and new directories are made relative to a parent that was opened so.
/// </summary>
internal sealed class BlobTree(OpenFile root)
{
    private const int MaxTries = 100;

    public OpenFile Root { get; } = root;

    /// <summary>Opens a path below DIR; null when it (or a directory on the way) isn't there.</summary>
    public OpenFile? TryOpen(ReadOnlySpan<byte> path, int flags)
    {
        TryOpen(path, flags, mayWait: true, out var file);
        return file;
    }

    /// <summary>The same; false when that would have to wait for the disk.</summary>
    public bool TryOpen(ReadOnlySpan<byte> path, int flags, bool mayWait, out OpenFile? file)
    {
        file = null;
        var descriptor = ConfinedOpen.Open(Root.Descriptor, path, flags, mayWait);
        if (descriptor >= 0)
        {
            file = new OpenFile(descriptor);
            return true;
        }

        var errno = Marshal.GetLastPInvokeError();
        if (errno is Errno.NoEntry or Errno.NotDirectory or Errno.SymlinkLoop) return true;
        return errno == Errno.TryAgain && !mayWait ? false : throw new SystemCallException("open", errno);
    }

    /// <summary>The directory on the way to a blob, at a depth below DIR; null when it isn't there.</summary>
    public OpenFile? TryOpenDirectory(in BlobName name, int depth)
    {
        TryOpenDirectory(name, depth, mayWait: true, out var directory);
        return directory;
    }

    /// <summary>The same; false when that would have to wait for the disk.</summary>
    public bool TryOpenDirectory(in BlobName name, int depth, bool mayWait, out OpenFile? directory)
    {
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        var path = BlobPath.ToDirectory(buffer, name, depth).Bytes;
        return TryOpen(path, OpenFlags.ReadOnly | OpenFlags.Directory, mayWait, out directory);
    }

    /// <summary>
    /// The same directory, made with its parents when it isn't there; the depth says from which level on directories are
    /// new, <see cref="BlobPath.LeafDepth"/> + 1 when none is.
    /// </summary>
    public (OpenFile Directory, int FirstNewDepth) OpenOrMakeDirectory(in BlobName name, int depth = BlobPath.LeafDepth)
    {
        // Others may empty DIR while we build in it: a parent that vanished is simply made again.
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (TryOpenDirectory(name, depth) is { } found) return (found, BlobPath.LeafDepth + 1);
            if (depth == 1)
            {
                if (TryMake(Root, name, depth) is { } top) return (top, depth);
                continue;
            }

            var (parent, firstNewDepth) = OpenOrMakeDirectory(name, depth - 1);
            using (parent)
            {
                if (TryMake(parent, name, depth) is { } made) return (made, Math.Min(depth, firstNewDepth));
            }
        }

        throw new SystemCallException("making a directory", Errno.SymlinkLoop);
    }

    private static OpenFile? TryMake(OpenFile parent, in BlobName name, int depth)
    {
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        var segment = BlobPath.Of(buffer, BlobPath.DirectoryName(name, depth)).Bytes;
        if (Libc.MakeDirectoryAt(parent.Descriptor, segment, Mode.Directory) != 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            if (errno == Errno.NoEntry) return null;
            if (errno != Errno.Exists) throw new SystemCallException("mkdir", errno);
        }

        var flags = OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow | OpenFlags.CloseOnExec;
        var descriptor = Libc.OpenAt(parent.Descriptor, segment, flags, 0);
        if (descriptor >= 0) return new OpenFile(descriptor);
        return Marshal.GetLastPInvokeError() == Errno.NoEntry ? null : throw SystemCallException.Last("open");
    }
}
