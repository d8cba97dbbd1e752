namespace BlobsServer.Transport;

/// <summary>What a loop watches.</summary>
internal interface IEventTarget
{
    int Descriptor { get; }

    /// <summary>Called on the loop's thread.</summary>
    /// <param name="events">What epoll saw.</param>
    void OnEvent(uint events);
}
