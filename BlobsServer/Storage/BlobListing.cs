using BlobsServer.Linux;

namespace BlobsServer.Storage;

/// <summary>The ids of a user's blobs in one namespace.</summary>
internal sealed class BlobListing(BlobTree tree)
{
    private const int NamespaceDepth = 2;
    private const int BufferBytes = 32 * 1024;

    /// <summary>
    /// In ordinal order: prefixes of ids sort as the ids themselves do, so walking sorted directories is enough.
    /// One directory is held in memory at a time.
    /// </summary>
    public IEnumerable<string> Ids(string user, string blobNamespace)
    {
        using var top = tree.TryOpenDirectory(new BlobName(user, blobNamespace, "-"), NamespaceDepth);
        if (top is null) yield break;
        foreach (var id in Walk(top, NamespaceDepth, new byte[BufferBytes])) yield return id;
    }

    private static IEnumerable<string> Walk(OpenFile directory, int depth, byte[] buffer)
    {
        foreach (var entry in DirectoryEntries.SortedNames(directory, buffer))
        {
            if (!BlobName.IsName(entry)) continue; // flags and tombstones have a dot
            if (depth == BlobPath.LeafDepth)
            {
                yield return entry;
                continue;
            }

            using var child = LeafEntry.OpenDirectory(directory, entry);
            if (child is null) continue; // gone meanwhile, or no directory
            foreach (var id in Walk(child, depth + 1, buffer)) yield return id;
        }
    }
}
