namespace BlobsServer.Storage.Durable;

/// <summary>A directory on the way to a blob, as a key: its path, in which every depth has its own number of names.</summary>
internal static class DirectoryKey
{
    public static string Of(in BlobName name, int depth) => depth switch
    {
        -1 => "..", // what DIR lies in; no user is called so
        0 => "",
        1 => name.User,
        2 => $"{name.User}/{name.Namespace}",
        // The prefix alone would be the same on several levels for short ids.
        _ => $"{name.User}/{name.Namespace}/{depth}/{BlobPath.DirectoryName(name, depth)}",
    };
}
