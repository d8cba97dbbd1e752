using Transport;

namespace StoreClients.Pipelining;

/// <summary>A call whose reply has not come.</summary>
internal sealed class PendingCall<TReply>(long startedAt) : LoopCompletion<TReply>
{
    public long StartedAt { get; } = startedAt;
}
