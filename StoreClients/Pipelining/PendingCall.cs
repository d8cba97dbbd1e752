namespace StoreClients.Pipelining;

/// <summary>A call whose reply has not come. Who waits goes on where the reply is read, and must not block there.</summary>
internal sealed class PendingCall<TReply>(long startedAt) : TaskCompletionSource<TReply>
{
    public long StartedAt { get; } = startedAt;
}
