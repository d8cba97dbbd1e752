using System.Runtime.InteropServices;
using BlobsServer.Linux;

namespace BlobsServer.Storage.Disk;

/// <summary>The directory that a blob lies in, with its flags and its tombstone.</summary>
internal sealed class Leaf : IDisposable
{
    private const int MaxTries = 100;

    private readonly BlobTree _tree;

    private Leaf(BlobTree tree, in BlobName name, OpenFile directory, int firstNewDepth)
    {
        _tree = tree;
        Name = name;
        Directory = directory;
        FirstNewDepth = firstNewDepth;
    }

    public BlobName Name { get; }

    public OpenFile Directory { get; private set; }

    /// <summary>From which level below DIR on the directories are new; more than LeafDepth when none is.</summary>
    public int FirstNewDepth { get; private set; }

    public bool IsNew => FirstNewDepth <= BlobPath.LeafDepth;

    /// <summary>Null when there is no such directory, and so no blob.</summary>
    public static Leaf? TryOpen(BlobTree tree, in BlobName name) =>
        tree.TryOpenDirectory(name, BlobPath.LeafDepth) is { } directory
            ? new Leaf(tree, name, directory, BlobPath.LeafDepth + 1)
            : null;

    public static Leaf OpenOrMake(BlobTree tree, in BlobName name)
    {
        var (directory, firstNewDepth) = tree.OpenOrMakeDirectory(name);
        return new Leaf(tree, name, directory, firstNewDepth);
    }

    public bool Has(string suffix = "") => LeafEntry.Exists(Directory, Name.Id, suffix);

    public OpenFile? TryOpenFile(string suffix = "") => LeafEntry.Open(Directory, Name.Id, suffix);

    public FileStatus? StatusOf(string suffix = "") => LeafEntry.Status(Directory, Name.Id, suffix);

    public void Remove(string suffix = "") => LeafEntry.Remove(Directory, Name.Id, suffix);

    public void Touch(string suffix) => LeafEntry.Touch(Directory, Name.Id, suffix);

    /// <summary>
    /// Held while flags are replaced and blobs deleted in this directory, across processes (flock), so that no flags outlive
    /// their blob. Storing and reading do not take it.
    /// </summary>
    public Held Lock()
    {
        FileLock.Wait(Directory);
        return new Held(Directory);
    }

    /// <summary>Gives a staged file the blob's name; false when somebody has it. Made again when it vanished meanwhile.</summary>
    public bool TryLink(StagedFile staged)
    {
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        var fileName = BlobPath.Of(buffer, Name.Id).Bytes;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (staged.TryLink(Directory, fileName)) return true;
            var errno = Marshal.GetLastPInvokeError();
            if (errno == Errno.Exists) return false;
            // ENOENT: the directory has gone, or (a named one) the staged file has, which no other directory mends.
            if (errno != Errno.NoEntry || staged.HasLostItsName()) throw new SystemCallException("linkat", errno);
            Directory.Dispose();
            (Directory, FirstNewDepth) = _tree.OpenOrMakeDirectory(Name);
        }

        throw new SystemCallException("linkat", Errno.NoEntry);
    }

    public void Dispose() => Directory.Dispose();

    internal readonly struct Held(OpenFile directory) : IDisposable
    {
        public void Dispose() => FileLock.Release(directory);
    }
}
