using Linux;

namespace Transport;

/// <summary>
/// Ends a loop's wait from another thread: an eventfd(2). Nobody reads it. Watched for edges, each signal is an event, and
/// its counter has room for more signals than there will be.
/// </summary>
internal sealed class WakeUp : IEventTarget
{
    public WakeUp()
    {
        Descriptor = SocketCalls.EventCreate(0, SocketCalls.CloseOnExec | SocketCalls.NonBlocking);
        if (Descriptor < 0) throw SystemCallException.Last("eventfd");
    }

    public int Descriptor { get; }

    public uint Number => 0;

    public void Signal() => _ = SocketCalls.EventSignal(Descriptor, 1, sizeof(ulong));

    public void OnEvent(uint events)
    {
    }
}
