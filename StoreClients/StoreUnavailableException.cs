namespace StoreClients;

/// <summary>
/// The store did not answer: no connection, a lost one, no reply in time, or nonsense instead of one. What belongs in an
/// answer to somebody else: 503.
/// </summary>
public sealed class StoreUnavailableException(string message, bool mayHaveHappened, Exception? inner = null)
    : IOException(message, inner)
{
    /// <summary>
    /// Whether the call may have reached the store, and what it asks for may be stored. Only false is certain. Calls that
    /// are sent again need something that makes them the same: an id, a unique name.
    /// </summary>
    public bool MayHaveHappened { get; } = mayHaveHappened;
}
