using System.Runtime.CompilerServices;

namespace BlobsServer.Storage.Disk.Threads;

/// <summary>
/// The threads that wait for the disk and for other processes' locks. No others do: the event loops would hold up all of
/// their connections, and the pool, of which a hung disk would eat one thread after the other, is where new connections
/// begin. Whoever is about to wait awaits one of these first, and goes on from there.
/// </summary>
/// <param name="isInMemory">The files lie in memory: any thread may use them. Locks are waited for all the same.</param>
/// <param name="maxThreads">How many may wait at once; who comes later queues.</param>
internal sealed class DiskThreads(bool isInMemory, int maxThreads)
{
    [ThreadStatic]
    private static bool _isOneOfUs;

    private readonly Queue<Action> _work = [];
    private int _threads;
    private int _idle;

    /// <summary>Whether this thread may wait for the disk.</summary>
    public bool MayWait => isInMemory || _isOneOfUs;

    /// <summary>To be awaited before anything that may wait for the disk.</summary>
    public Entrance ToWaitForDisk() => new(this, MayWait);

    /// <summary>To be awaited before a lock that another process may have.</summary>
    public Entrance ToWaitForLock() => new(this, _isOneOfUs);

    /// <summary>Runs it on one of the threads.</summary>
    public void Post(Action action)
    {
        lock (_work)
        {
            _work.Enqueue(action);
            if (_idle > 0) Monitor.Pulse(_work);
            if (_idle >= _work.Count || _threads == maxThreads) return;
            _threads++;
        }

        new Thread(Run) { IsBackground = true, Name = "disk" }.Start();
    }

    private void Run()
    {
        _isOneOfUs = true;
        while (true) Take()();
    }

    private Action Take()
    {
        lock (_work)
        {
            _idle++;
            while (_work.Count == 0) Monitor.Wait(_work);
            _idle--;
            return _work.Dequeue();
        }
    }

    /// <summary>Awaiting it continues on a thread that may wait: this one, or one of the others.</summary>
    internal readonly struct Entrance(DiskThreads threads, bool isInside) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => isInside;

        public Entrance GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => threads.Post(continuation);

        public void UnsafeOnCompleted(Action continuation) => threads.Post(continuation);
    }
}
