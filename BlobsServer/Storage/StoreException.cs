namespace BlobsServer.Storage;

/// <summary>The store failed in a way that no outcome expects. The message is for the log, not for clients.</summary>
internal sealed class StoreException(StoreFailure failure, string message, Exception? inner = null) : IOException(message, inner)
{
    public StoreFailure Failure { get; } = failure;
}
