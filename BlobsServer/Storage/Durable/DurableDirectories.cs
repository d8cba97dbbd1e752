namespace BlobsServer.Storage.Durable;

/// <summary>
/// Directories whose own entry this process has seen synced. That one exists proves nothing: another process may have made
/// it a moment ago, and a power cut may still take it away with all that lies in it.
/// </summary>
internal sealed class DurableDirectories
{
    /// <summary>Then all are forgotten; each costs one sync to learn again.</summary>
    private const int MaxRemembered = 20_000;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The topmost directory, from DIR to the blob, that may not be durable; more than LeafDepth when all are.</summary>
    public int FirstUnsureDepth(in BlobName name, int firstNewDepth)
    {
        lock (_known)
        {
            for (var depth = 0; depth <= BlobPath.LeafDepth; depth++)
            {
                if (depth >= firstNewDepth || !_known.Contains(DirectoryKey.Of(name, depth))) return depth;
            }

            return BlobPath.LeafDepth + 1;
        }
    }

    public void Remember(in BlobName name, int firstDepth, int lastDepth)
    {
        lock (_known)
        {
            if (_known.Count > MaxRemembered) _known.Clear();
            for (var depth = firstDepth; depth <= lastDepth; depth++) _known.Add(DirectoryKey.Of(name, depth));
        }
    }
}
