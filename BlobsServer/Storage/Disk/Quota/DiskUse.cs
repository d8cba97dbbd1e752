using System.Text;
using BlobsServer.Storage.Disk.Files;
using BlobsServer.Storage.Disk.Listing;

namespace BlobsServer.Storage.Disk.Quota;

/// <summary>Counts what a user's blobs cost of the quota, over all namespaces.</summary>
internal static class DiskUse
{
    private const int UserDepth = 1;

    public static long Count(BlobTree tree, string user)
    {
        using var directory = tree.TryOpenDirectory(new BlobName(user, "", ""), UserDepth);
        if (directory is null) return 0;
        var namespaces = new NameList();
        new DirectoryEntries().Read(directory, namespaces);
        var bytes = 0L;
        for (var index = 0; index < namespaces.Count; index++)
        {
            bytes += CountNamespace(tree, user, Encoding.UTF8.GetString(namespaces[index]));
        }
        return bytes;
    }

    private static long CountNamespace(BlobTree tree, string user, string blobNamespace)
    {
        var query = new ListQuery { User = user, Namespace = blobNamespace };
        if (tree.TryOpenDirectory(new BlobName(user, blobNamespace, ""), LeafWalk.NamespaceDepth) is not { } directory) return 0;
        using var walk = new LeafWalk(directory, after: "");
        var selection = new LeafSelection(query);
        var ids = new NameList();
        var bytes = 0L;
        while (walk.MoveNext())
        {
            ids.Clear();
            selection.Select(walk.Leaf, walk.Names, ids);
            for (var index = 0; index < ids.Count; index++)
            {
                if (LeafEntry.Status(walk.Leaf, Encoding.UTF8.GetString(ids[index])) is { IsRegular: true } status)
                {
                    bytes += QuotaCharge.Of(status.SizeBytes);
                }
            }
        }

        return bytes;
    }
}
