using System.Runtime.InteropServices;
using Linux;

namespace BlobsServer.Storage.Disk.Durable;

/// <summary>
/// The directories that hold DIR's own entry, and the entries of those that were made together with DIR. They are others',
/// so one that we may not read, or whose file system syncs no directories, is left to its owner.
/// </summary>
/// <param name="root">DIR.</param>
/// <param name="levels">How many.</param>
internal sealed class DirectoriesAbove(OpenFile root, int levels)
{
    public void Sync()
    {
        var flags = OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec;
        var path = "..\0"u8.ToArray();
        for (var level = 0; level < levels; level++)
        {
            var descriptor = Libc.OpenAt(root.Descriptor, path, flags, 0);
            if (descriptor >= 0) Sync(descriptor);
            else if (Marshal.GetLastPInvokeError() != Errno.Access) throw SystemCallException.Last("open");
            path = [.. "../"u8, .. path];
        }
    }

    private static void Sync(int descriptor)
    {
        using var directory = new OpenFile(descriptor);
        try
        {
            directory.Sync();
        }
        catch (SystemCallException failure) when (failure.Errno is Errno.Invalid or Errno.ReadOnlyFileSystem)
        {
            // Nothing was made here by us.
        }
    }
}
