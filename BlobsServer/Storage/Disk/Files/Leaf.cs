using System.Runtime.InteropServices;
using BlobsServer.Storage.Disk.Threads;
using Linux;

namespace BlobsServer.Storage.Disk.Files;

/// <summary>The directory that a blob lies in, with its flags and its tombstone.</summary>
internal sealed class Leaf : IDisposable
{
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
    /// Held while the blob's name is given or taken away and while its flags are replaced, across processes (flock), so that
    /// no flags outlive their blob and none are inherited. Reading does not take it.
    /// </summary>
    public async ValueTask<Held> LockAsync(DiskThreads threads)
    {
        if (!FileLock.Try(Directory))
        {
            await threads.ToWaitForLock();
            FileLock.Wait(Directory);
        }

        return new Held(Directory);
    }

    /// <summary>Gives a staged file the blob's name; to be called with the lock held.</summary>
    public LinkOutcome Link(StagedFile staged)
    {
        // Left by a DELETE that was killed half-way, or by another server.
        if (Has(BlobSuffix.FlagsText) && !Has()) Remove(BlobSuffix.FlagsText);
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        if (staged.TryLink(Directory, BlobPath.Of(buffer, Name.Id).Bytes)) return LinkOutcome.Linked;
        var errno = Marshal.GetLastPInvokeError();
        if (errno == Errno.Exists) return LinkOutcome.NameTaken;
        // ENOENT: the directory has gone, or (a named one) the staged file has, which no other directory mends.
        if (errno == Errno.NoEntry && !staged.HasLostItsName()) return LinkOutcome.DirectoryGone;
        throw new SystemCallException("linkat", errno);
    }

    /// <summary>After the directory has gone: makes it again.</summary>
    public void OpenAgain()
    {
        Directory.Dispose();
        (Directory, FirstNewDepth) = _tree.OpenOrMakeDirectory(Name);
    }

    public void Dispose() => Directory.Dispose();

    internal readonly struct Held(OpenFile directory) : IDisposable
    {
        public void Dispose() => FileLock.Release(directory);
    }
}
