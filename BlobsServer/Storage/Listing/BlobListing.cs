namespace BlobsServer.Storage.Listing;

/// <summary>Lists a user's blobs.</summary>
internal sealed class BlobListing(BlobTree tree)
{
    /// <summary>The ids that a query wants; null when nothing was ever stored in the namespace.</summary>
    public IdCursor? Open(ListQuery query) =>
        tree.TryOpenDirectory(new BlobName(query.User, query.Namespace, ""), LeafWalk.NamespaceDepth) is { } directory
            ? new IdCursor(directory, query)
            : null;
}
