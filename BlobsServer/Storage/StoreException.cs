namespace BlobsServer.Storage;

/// <summary>The store failed in a way that no outcome expects. The message is for the log, not for clients.</summary>
internal sealed class StoreException(StoreFailure failure, string message, Exception? inner = null) : IOException(message, inner)
{
    public StoreFailure Failure { get; } = failure;

    /// <summary>
    /// The same failure of one who may have made the change already, in a try whose answer was lost: that nothing was changed
    /// can't be said of it.
    /// </summary>
    public StoreException AfterLostTry() =>
        Failure == StoreFailure.Unavailable ? new StoreException(StoreFailure.Lost, Message, this) : this;
}
