namespace StoreClients.Pipelining;

/// <summary>A call whose reply has not come. Who waits goes on elsewhere than in the loop that reads replies.</summary>
internal sealed class PendingCall<TReply>(long startedAt)
    : TaskCompletionSource<TReply>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public long StartedAt { get; } = startedAt;
}
