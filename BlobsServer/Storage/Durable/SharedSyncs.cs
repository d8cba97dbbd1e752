namespace BlobsServer.Storage.Durable;

/// <summary>
/// Syncs that have not begun yet, by directory: whoever changes the same directory until then waits for the same one.
/// The more writers there are and the slower the disk is, the more of them share a sync.
/// </summary>
internal sealed class SharedSyncs
{
    private readonly Dictionary<string, Task> _waiting = new(StringComparer.Ordinal);

    /// <summary>Joins the sync that waits for its turn, or has one started.</summary>
    public Task JoinAsync(string key, Func<string, Task> start)
    {
        lock (_waiting)
        {
            if (_waiting.TryGetValue(key, out var sync)) return sync;
            return _waiting[key] = start(key);
        }
    }

    /// <summary>To be called right before the sync itself begins.</summary>
    public void Close(string key)
    {
        lock (_waiting) _waiting.Remove(key);
    }
}
