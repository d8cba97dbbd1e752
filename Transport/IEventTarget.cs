namespace Transport;

/// <summary>What a loop watches.</summary>
internal interface IEventTarget
{
    int Descriptor { get; }

    /// <summary>Tells it from every other target, also from one that has the same descriptor after it.</summary>
    uint Number { get; }

    /// <summary>Called on the loop's thread.</summary>
    /// <param name="events">What epoll saw; 0 when it is only this target's turn again.</param>
    void OnEvent(uint events);
}
