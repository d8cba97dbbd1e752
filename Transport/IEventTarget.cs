namespace Transport;

/// <summary>What a loop watches.</summary>
internal interface IEventTarget
{
    int Descriptor { get; }

    /// <summary>Tells it from every other target, also from one that has the same descriptor after it.</summary>
    uint Number { get; }

    /// <summary>Called on the loop's thread.</summary>
    /// <param name="events">What epoll saw.</param>
    void OnEvent(uint events);
}
