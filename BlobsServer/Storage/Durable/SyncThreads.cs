using System.Collections.Concurrent;

namespace BlobsServer.Storage.Durable;

/// <summary>
/// Threads that wait for the disk, so that neither connections nor the thread pool do. Several at once, because the file
/// system's journal makes one commit of all the syncs that wait for it at the same time.
/// </summary>
internal sealed class SyncThreads(int maxThreads)
{
    private readonly BlockingCollection<WorkItem> _queue = [];
    private int _threads;
    private int _idle;

    /// <summary>Runs a blocking call on one of the threads.</summary>
    public Task RunAsync(Action blocking)
    {
        var item = new WorkItem(blocking);
        if (Volatile.Read(ref _idle) <= _queue.Count) StartThread();
        _queue.Add(item);
        return item.Task;
    }

    private void StartThread()
    {
        if (Interlocked.Increment(ref _threads) > maxThreads)
        {
            Interlocked.Decrement(ref _threads);
            return;
        }

        new Thread(Run) { IsBackground = true, Name = "sync" }.Start();
    }

    private void Run()
    {
        while (true)
        {
            Interlocked.Increment(ref _idle);
            var item = _queue.Take();
            Interlocked.Decrement(ref _idle);
            item.Run();
        }
    }

    // Continuations run on the pool: they go on with a request, which is none of these threads' business.
    private sealed class WorkItem(Action blocking) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public void Run()
        {
            try
            {
                blocking();
                SetResult();
            }
            catch (Exception failure)
            {
                SetException(failure);
            }
        }
    }
}
