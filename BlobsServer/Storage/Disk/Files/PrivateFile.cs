using Linux;

namespace BlobsServer.Storage.Disk.Files;

/// <summary>A temporary file with a name; closing it removes the name where it is still there.</summary>
internal sealed class PrivateFile(OpenFile directory, byte[] name, OpenFile file) : IDisposable
{
    public OpenFile File => file;

    public int LinkTo(OpenFile target, ReadOnlySpan<byte> newName) =>
        Libc.LinkAt(directory.Descriptor, name, target.Descriptor, newName, 0);

    public void RenameTo(OpenFile target, ReadOnlySpan<byte> newName)
    {
        if (Libc.RenameAt(directory.Descriptor, name, target.Descriptor, newName) != 0) throw SystemCallException.Last("rename");
    }

    public void Dispose()
    {
        _ = Libc.UnlinkAt(directory.Descriptor, name, 0); // there is nothing to be done about a failure
        directory.Dispose();
        file.Dispose();
    }
}
