using BlobsServer.Linux;

namespace BlobsServer.Storage.Listing;

/// <summary>Lists a user's blobs.</summary>
internal sealed class BlobListing(BlobTree tree)
{
    /// <summary>Whether this thread may wait for the disk.</summary>
    public bool MayWait => tree.MayWait;

    /// <summary>
    /// The directory in which a query's ids are, for an <see cref="IdCursor"/> to read; null when nothing was ever stored in
    /// the namespace. False when that would have to wait for the disk.
    /// </summary>
    public bool TryOpen(ListQuery query, bool mayWait, out OpenFile? directory) =>
        tree.TryOpenDirectory(new BlobName(query.User, query.Namespace, ""), LeafWalk.NamespaceDepth, mayWait, out directory);
}
