using System.Text;
using BlobsServer.Linux;

namespace BlobsServer.Storage;

/// <summary>The name of a private file, relative to DIR.</summary>
internal sealed class PrivateName(OpenFile root, string path)
{
    private readonly byte[] _path = Encoding.UTF8.GetBytes(path + '\0');

    public ReadOnlySpan<byte> Path => _path;

    public int LinkTo(OpenFile directory, ReadOnlySpan<byte> name) =>
        Libc.LinkAt(root.Descriptor, _path, directory.Descriptor, name, 0);

    public void RenameTo(OpenFile directory, ReadOnlySpan<byte> name)
    {
        if (Libc.RenameAt(root.Descriptor, _path, directory.Descriptor, name) != 0) throw StorageException.Last("rename");
    }

    /// <summary>Removes the name where it is still there; there is nothing to be done about a failure.</summary>
    public void Remove() => _ = Libc.UnlinkAt(root.Descriptor, _path, 0);
}
