namespace Transport;

/// <summary>
/// What who serves the requests of a connection tells and asks the transport: a feature of the connection.
/// </summary>
internal interface IRequestMark
{
    /// <summary>Whether bytes of an answer can't be sent any more, because the client or we gave up.</summary>
    bool IsBroken { get; }

    /// <summary>The head of a request is here.</summary>
    void Begin();

    /// <summary>Its answer is on the way, or never will be.</summary>
    /// <param name="timestamp">The present, of the monotonic clock.</param>
    void End(long timestamp);
}
