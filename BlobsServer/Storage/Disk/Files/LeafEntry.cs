using System.Runtime.InteropServices;
using Linux;

namespace BlobsServer.Storage.Disk.Files;

/// <summary>What lies in a blob's directory: the blob, its flags, its tombstone.</summary>
internal static class LeafEntry
{
    private const int Exist = 0; // F_OK

    public static bool Exists(OpenFile leaf, string id, string suffix = "")
    {
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        var path = BlobPath.Of(buffer, id, suffix).Bytes;
        if (Libc.AccessAt(leaf.Descriptor, path, Exist, At.SymlinkNoFollow) == 0) return true;
        return Marshal.GetLastPInvokeError() == Errno.NoEntry ? false : throw SystemCallException.Last("faccessat");
    }

    public static FileStatus? Status(OpenFile leaf, string id, string suffix = "")
    {
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        var path = BlobPath.Of(buffer, id, suffix).Bytes;
        if (Libc.StatX(leaf.Descriptor, path, At.SymlinkNoFollow, At.StatBasic, out var status) == 0) return status;
        return Marshal.GetLastPInvokeError() == Errno.NoEntry ? null : throw SystemCallException.Last("statx");
    }

    /// <summary>Null when it isn't there, or is a symbolic link, which is none of ours.</summary>
    public static OpenFile? Open(OpenFile leaf, string id, string suffix = "")
    {
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        var flags = OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenFlags.NoFollow | OpenFlags.CloseOnExec;
        var descriptor = Libc.OpenAt(leaf.Descriptor, BlobPath.Of(buffer, id, suffix).Bytes, flags, 0);
        if (descriptor >= 0) return new OpenFile(descriptor);
        return Marshal.GetLastPInvokeError() is Errno.NoEntry or Errno.SymlinkLoop
            ? null
            : throw SystemCallException.Last("open");
    }

    /// <summary>Makes an empty file where there is none.</summary>
    public static void Touch(OpenFile leaf, string id, string suffix)
    {
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        var flags = OpenFlags.Create | OpenFlags.NonBlocking | OpenFlags.NoFollow | OpenFlags.CloseOnExec;
        var descriptor = Libc.OpenAt(leaf.Descriptor, BlobPath.Of(buffer, id, suffix).Bytes, flags, Mode.File);
        if (descriptor < 0) throw SystemCallException.Last("open");
        new OpenFile(descriptor).Dispose();
    }

    /// <summary>Removes a name; false when it wasn't there.</summary>
    public static bool Remove(OpenFile leaf, string id, string suffix = "")
    {
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        if (Libc.UnlinkAt(leaf.Descriptor, BlobPath.Of(buffer, id, suffix).Bytes, 0) == 0) return true;
        return Marshal.GetLastPInvokeError() == Errno.NoEntry ? false : throw SystemCallException.Last("unlink");
    }
}
