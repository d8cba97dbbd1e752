namespace StudyResults;

/// <summary>Conservation: what one side sent, the next one must have counted.</summary>
public sealed record BooksRecord
{
    /// <summary>Requests that the client sent.</summary>
    public required long Client { get; init; }

    /// <summary>Requests that the proxy counted; null when it could not be asked.</summary>
    public long? Proxy { get; init; }

    /// <summary>Requests that the workers got, summed; null when they could not be asked.</summary>
    public long? Workers { get; init; }

    /// <summary>
    /// Operations that the client was told of, which the store should hold more now; null when nothing counts them.
    /// </summary>
    public long? Counted { get; init; }

    /// <summary>
    /// What the store holds more than before the window; null when nothing counts it, or it could not be asked.
    /// </summary>
    public long? Stored { get; init; }

    /// <summary>Whether all that are known agree.</summary>
    public required bool Balanced { get; init; }
}
