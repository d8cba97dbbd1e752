using System.Text;
using BlobsServer.Linux;
using BlobsServer.Options;

namespace BlobsServer.Storage;

/// <summary>The store of one directory, which any number of processes may serve at the same time.</summary>
internal sealed record BlobStore(BlobWriter Writer, BlobReader Reader, BlobFlags Flags, BlobDeletion Deletion, BlobListing Listing)
{
    /// <summary>Opens the directory, making it when it is missing. Throws IOException when it can't be written.</summary>
    public static BlobStore Open(ServerOptions options)
    {
        if (File.Exists(options.DataDirectory)) throw new IOException("it is a file");
        var path = Directory.CreateDirectory(options.DataDirectory).FullName;
        var flags = OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec;
        var descriptor = Libc.OpenAt(At.CurrentDirectory, Encoding.UTF8.GetBytes(path + '\0'), flags, 0);
        if (descriptor < 0) throw StorageException.Last("open");
        var tree = new BlobTree(new OpenFile(descriptor));
        var spool = new Spool(tree.Root);
        var syncer = new Syncer(tree, options.Durability);
        var reader = new BlobReader(tree);
        return new BlobStore(
            new BlobWriter(tree, spool, syncer, reader, options.MaxBlobBytes),
            reader,
            new BlobFlags(tree, spool, syncer),
            new BlobDeletion(tree, syncer),
            new BlobListing(tree));
    }
}
