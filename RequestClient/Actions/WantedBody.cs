namespace RequestClient.Actions;

/// <summary>What the body of a right reply is.</summary>
internal enum WantedBody
{
    Empty,

    /// <summary>The bytes that <see cref="Blobs.BlobContent"/> gives for user and id.</summary>
    Blob,

    /// <summary>The same bytes as the reply to the rehearsal before the run.</summary>
    Same,

    /// <summary>Whatever comes; status and framing are checked all the same.</summary>
    Any,

    /// <summary>A text, byte for byte but for a place {once}.</summary>
    Text,
}
