namespace Transport;

/// <summary>The threads of the transport: one that accepts, and one a processor that runs connections.</summary>
internal sealed class EpollLoops
{
    private readonly EpollLoop[] _running =
        [.. Enumerable.Range(0, Environment.ProcessorCount).Select(number => new EpollLoop($"epoll {number}"))];

    public EpollLoop Accepting { get; } = new("epoll accept");

    /// <summary>Connections in the order of their numbers go to the loops in turn.</summary>
    public EpollLoop For(long number) => _running[number % _running.Length];
}
