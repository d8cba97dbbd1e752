namespace Transport;

/// <summary>What is known of a connection between requests, those to be closed first first.</summary>
internal enum Standing
{
    /// <summary>It was silent for long.</summary>
    Silent,

    /// <summary>It came a moment ago and has not asked yet.</summary>
    Stranger,

    /// <summary>It was answered a moment ago.</summary>
    Asks,
}
