using System.Diagnostics;
using BlobsServer.Storage.Disk.Threads;
using Linux;

namespace BlobsServer.Storage.Disk.Durable;

/// <summary>
/// One sync for all who wait. Whoever comes first leads; who comes while a sync is under way may have changed something too
/// late for it, and waits for the next, which one of them leads.
/// </summary>
internal sealed class GroupSync(ICommonSync common, DiskThreads threads, TimeProvider time)
{
    /// <summary>
    /// How long a leader waits for those who are about to wait too. While a journal commits, whoever changes something is
    /// held up, so all changing and then all syncing together is faster than both at once.
    /// </summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);

    private readonly object _gate = new();
    private List<Waiter> _waiting = [];
    private int _active;
    private bool _hasLeader;

    /// <summary>Whether syncing together is a good idea now.</summary>
    public bool IsWelcome => common.Pays(Volatile.Read(ref _active));

    /// <summary>Somebody begins to change something that is going to be synced; to be ended in every case.</summary>
    public void Begin()
    {
        lock (_gate) _active++;
    }

    public void End()
    {
        lock (_gate)
        {
            _active--;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Returns when all that the caller changed on the file system is on the disk.</summary>
    public async ValueTask SyncAsync()
    {
        Waiter? follower = null;
        lock (_gate)
        {
            if (_hasLeader)
            {
                _waiting.Add(follower = new Waiter());
                if (IsComplete) Monitor.Pulse(_gate);
            }
            else
            {
                _hasLeader = true;
            }
        }

        if (follower is not null && await follower.Task) return;
        Lead();
    }

    /// <summary>With the gate held: all who are active wait for the leader.</summary>
    private bool IsComplete => _waiting.Count + 1 >= _active;

    private void Lead()
    {
        List<Waiter> followers;
        lock (_gate)
        {
            var startedAt = time.GetTimestamp();
            while (!IsComplete && Gathering - time.GetElapsedTime(startedAt) is var left && left > TimeSpan.Zero)
            {
                Monitor.Wait(_gate, left);
            }

            followers = _waiting;
            _waiting = [];
        }

        var failure = Sync();
        PassOn();
        foreach (var follower in followers) threads.Post(() => follower.End(failure));
        if (failure is not null) throw failure;
    }

    private void PassOn()
    {
        Waiter next;
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _hasLeader = false;
                return;
            }

            next = _waiting[^1];
            _waiting.RemoveAt(_waiting.Count - 1);
        }

        threads.Post(next.Promote);
    }

    private SystemCallException? Sync()
    {
        try
        {
            common.Sync();
            return null;
        }
        catch (SystemCallException failure)
        {
            return failure;
        }
    }

    /// <summary>Goes on inside the call that ends its waiting, on a thread that may wait. True: synced; false: lead.</summary>
    private sealed class Waiter : TaskCompletionSource<bool>
    {
        public void Promote() => SetResult(false);

        public void End(SystemCallException? failure)
        {
            Debug.Assert(!Task.IsCompleted, "nobody else ends it");
            if (failure is null) SetResult(true);
            else SetException(failure);
        }
    }
}
