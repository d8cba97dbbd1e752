using System.Text;
using BlobsServer.Linux;
using BlobsServer.Options;
using BlobsServer.Storage.Durable;
using BlobsServer.Storage.Listing;
using BlobsServer.Storage.Quota;

namespace BlobsServer.Storage;

/// <summary>The store of one directory, which any number of processes may serve at the same time.</summary>
internal sealed record BlobStore
{
    public required Spool Spool { get; init; }

    public required BlobWriter Writer { get; init; }

    public required BlobReader Reader { get; init; }

    public required BlobFlags Flags { get; init; }

    public required BlobDeletion Deletion { get; init; }

    public required BlobListing Listing { get; init; }

    /// <summary>Opens the directory, making it when it is missing. Throws IOException when it can't be written.</summary>
    public static BlobStore Open(ServerOptions options, TimeProvider time)
    {
        var (root, above) = OpenRoot(options.DataDirectory);
        var tree = new BlobTree(root);
        var spool = new Spool(tree.Root);
        var syncer = new Syncer(tree, above, options.Durability, options.SyncThreads);
        var reader = new BlobReader(tree);
        var pace = new WritePace(time, waitsAlways: options.Durability == Durability.Always);
        var quota = options.QuotaBytes is { } bytes ? new UserQuota(tree, new ProcessMark(tree.Root), bytes, time) : null;
        return new BlobStore
        {
            Spool = spool,
            Writer = new BlobWriter(tree, spool, syncer, reader, quota, pace, options.MaxBlobBytes),
            Reader = reader,
            Flags = new BlobFlags(tree, spool, syncer, pace),
            Deletion = new BlobDeletion(tree, syncer, quota, pace),
            Listing = new BlobListing(tree),
        };
    }

    private static (OpenFile Root, DirectoriesAbove Above) OpenRoot(string dataDirectory)
    {
        if (File.Exists(dataDirectory)) throw new IOException("it is a file");
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataDirectory));
        var missing = 0;
        for (var above = path; !Directory.Exists(above); above = Path.GetDirectoryName(above)) missing++;
        Directory.CreateDirectory(path);
        var flags = OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec;
        var descriptor = Libc.OpenAt(At.CurrentDirectory, Encoding.UTF8.GetBytes(path + '\0'), flags, 0);
        if (descriptor < 0) throw StorageException.Last("open");
        var root = new OpenFile(descriptor);
        // One level at least: another process may have made DIR a moment ago.
        return (root, new DirectoriesAbove(root, Math.Max(1, missing)));
    }
}
