using BlobsServer.Storage.Disk.Files;

namespace BlobsServer.Storage.Disk.Durable;

/// <summary>
/// Directories whose own entry this process has seen synced. That one exists proves nothing: another process may have made
/// it a moment ago, and a power cut may still take it away with all that lies in it.
/// </summary>
internal sealed class DurableDirectories
{
    /// <summary>Then all are forgotten; each costs one sync to learn again.</summary>
    private const int MaxRemembered = 20_000;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The topmost directory, from DIR to the leaf, that may not be durable; more than LeafDepth when all are.</summary>
    public int FirstUnsureDepth(Leaf leaf)
    {
        lock (_known)
        {
            for (var depth = 0; depth <= BlobPath.LeafDepth; depth++)
            {
                if (depth >= leaf.FirstNewDepth || !_known.Contains(KeyOf(leaf.Name, depth))) return depth;
            }

            return BlobPath.LeafDepth + 1;
        }
    }

    /// <summary>Their entries were synced, from this depth down.</summary>
    public void Remember(Leaf leaf, int firstDepth)
    {
        // A new leaf is rarely used again (it holds the ids that share six letters), so it isn't worth remembering yet.
        var lastDepth = leaf.IsNew ? BlobPath.LeafDepth - 1 : BlobPath.LeafDepth;
        lock (_known)
        {
            if (_known.Count > MaxRemembered) _known.Clear();
            for (var depth = firstDepth; depth <= lastDepth; depth++) _known.Add(KeyOf(leaf.Name, depth));
        }
    }

    /// <summary>The directory's path, in which every depth has its own number of names.</summary>
    private static string KeyOf(in BlobName name, int depth) => depth switch
    {
        0 => "",
        1 => name.User,
        2 => $"{name.User}/{name.Namespace}",
        // The prefix alone would be the same on several levels for short ids.
        _ => $"{name.User}/{name.Namespace}/{depth}/{BlobPath.DirectoryName(name, depth)}",
    };
}
