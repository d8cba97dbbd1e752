namespace RequestClient.Http;

internal enum ReplyProgress
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>The reply was read to its last byte.</summary>
    Complete,

    /// <summary>It is no HTTP reply; nothing that follows on this connection can be understood.</summary>
    Malformed,
}
