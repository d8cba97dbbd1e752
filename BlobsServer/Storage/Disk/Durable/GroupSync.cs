using System.Diagnostics;
using BlobsServer.Linux;

namespace BlobsServer.Storage.Disk.Durable;

/// <summary>
/// One syncfs(2) for all who wait: the file system writes what they changed in one go and commits its journal once, however
/// many they are. Whoever comes first leads; who comes while a sync is under way may have changed something too late for it,
/// and waits for the next, which one of them leads.
/// </summary>
internal sealed class GroupSync(OpenFile root, DiskThreads threads, TimeProvider time)
{
    /// <summary>
    /// Syncing the whole file system also writes what others have left to be written. When that takes so long, the syncs of
    /// single files are the lesser evil for a while.
    /// </summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a leader waits for those who are about to wait too. While a journal commits, whoever changes something is
    /// held up, so all changing and then all syncing together is faster than both at once.
    /// </summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);

    // Before Linux 5.8 syncfs(2) does not tell when something could not be written.
    private readonly bool _isPossible = Environment.OSVersion.Version >= new Version(5, 8)
        && Libc.FileSystemOf(root.Descriptor, out var status) == 0 && status is { IsLocal: true, IsInMemory: false };

    private readonly object _gate = new();
    private List<Waiter> _waiting = [];
    private int _active;
    private bool _hasLeader;
    private long _slowUntil = long.MinValue;

    /// <summary>Whether it is a good idea now.</summary>
    public bool IsWelcome => _isPossible && time.GetTimestamp() >= Volatile.Read(ref _slowUntil);

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

    /// <summary>How many are changing something or waiting.</summary>
    public int Active => Volatile.Read(ref _active);

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
        var startedAt = time.GetTimestamp();
        try
        {
            root.SyncFileSystem();
            return null;
        }
        catch (SystemCallException failure)
        {
            return failure;
        }
        finally
        {
            if (time.GetElapsedTime(startedAt) > Tolerated)
            {
                Volatile.Write(ref _slowUntil, time.GetTimestamp() + (long)(Remembered.TotalSeconds * time.TimestampFrequency));
            }
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
