namespace RequestClient.Blobs;

/// <summary>What the bytes of a blob turned out to be.</summary>
internal enum BlobVerdict
{
    Right,

    /// <summary>Bytes that no blob has.</summary>
    Corrupted,

    /// <summary>Another blob, whole.</summary>
    Swapped,

    /// <summary>The blob that this connection asked for before.</summary>
    Stale,
}
