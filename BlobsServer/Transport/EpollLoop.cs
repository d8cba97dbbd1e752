using BlobsServer.Linux;

namespace BlobsServer.Transport;

/// <summary>
/// One thread that waits for the events of its connections and runs what waits for them, up to and including the answer
/// of a short request: no queue, no other thread, no context switch. What may take long leaves the thread by itself.
/// </summary>
internal sealed class EpollLoop
{
    private const int MaxEvents = 256;
    private const int Forever = -1;

    private readonly Epoll _epoll = new(MaxEvents);
    private IEventTarget?[] _targets = new IEventTarget?[64];

    public EpollLoop(int number) => new Thread(Run) { IsBackground = true, Name = $"epoll {number}" }.Start();

    /// <summary>Watches from now on; false when the kernel has no room for it.</summary>
    public bool TryAdd(IEventTarget target, uint events)
    {
        var descriptor = target.Descriptor;
        lock (_epoll)
        {
            if (descriptor >= _targets.Length) Array.Resize(ref _targets, Math.Max(descriptor + 1, 2 * _targets.Length));
            _targets[descriptor] = target;
        }

        return _epoll.TryWatch(descriptor, events);
    }

    /// <summary>Stops watching; to be called before the descriptor is closed.</summary>
    public void Remove(IEventTarget target)
    {
        _epoll.Unwatch(target.Descriptor);
        lock (_epoll) _targets[target.Descriptor] = null;
    }

    private void Run()
    {
        while (true)
        {
            var count = _epoll.Wait(Forever);
            for (var index = 0; index < count; index++)
            {
                var (descriptor, events) = _epoll[index];
                // An event may be older than its descriptor's present owner, who then finds nothing to do. That is harmless.
                Volatile.Read(ref _targets)[descriptor]?.OnEvent(events);
            }
        }
    }
}
