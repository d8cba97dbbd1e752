using BlobsServer.Linux;

namespace BlobsServer.Storage.Durable;

/// <summary>Makes written files and changed directories survive a power cut; does nothing under durability none.</summary>
internal sealed class Syncer(BlobTree tree, Durability durability, int maxThreads)
{
    private readonly SyncThreads? _threads = durability == Durability.Always ? new SyncThreads(maxThreads) : null;
    private readonly SharedSyncs _shared = new();
    private readonly DurableDirectories _durable = new();

    /// <summary>The bytes of a file.</summary>
    public Task SyncFileAsync(OpenFile file) => _threads?.RunAsync(file.Sync) ?? Task.CompletedTask;

    /// <summary>What was changed in a blob's directory that exists for longer.</summary>
    public Task SyncLeafAsync(in BlobName name, OpenFile leaf) =>
        _threads is null ? Task.CompletedTask : SyncSharedAsync(_threads, name, BlobPath.LeafDepth, leaf.Sync);

    /// <summary>The name that was just given in the blob's directory, and the directories that lead to it.</summary>
    public Task SyncNameAsync(in BlobName name, BlobDirectory leaf)
    {
        if (_threads is null) return Task.CompletedTask;
        var leafSync = SyncSharedAsync(_threads, name, BlobPath.LeafDepth, leaf.Directory.Sync);
        var firstUnsure = _durable.FirstUnsureDepth(name, leaf.FirstNewDepth);
        return firstUnsure > BlobPath.LeafDepth ? leafSync : SyncWithParentsAsync(_threads, name, leafSync, firstUnsure, leaf.IsNew);
    }

    private async Task SyncWithParentsAsync(SyncThreads threads, BlobName name, Task leafSync, int firstUnsure, bool isLeafNew)
    {
        var syncs = new List<Task> { leafSync };
        for (var depth = firstUnsure; depth <= BlobPath.LeafDepth; depth++)
        {
            var parentDepth = depth - 1; // a directory's own entry lies in its parent
            syncs.Add(SyncSharedAsync(threads, name, parentDepth, () => SyncDirectory(name, parentDepth)));
        }

        await Task.WhenAll(syncs);
        // A new leaf is rarely used again (it holds the ids that share six letters), so it isn't worth remembering yet.
        _durable.Remember(name, firstUnsure, isLeafNew ? BlobPath.LeafDepth - 1 : BlobPath.LeafDepth);
    }

    private Task SyncSharedAsync(SyncThreads threads, in BlobName name, int depth, Action sync) =>
        _shared.JoinAsync(DirectoryKey.Of(name, depth), key => threads.RunAsync(() =>
        {
            // Who comes from now on has changed the directory too late for this sync.
            _shared.Close(key);
            sync();
        }));

    private void SyncDirectory(BlobName name, int depth)
    {
        if (depth == 0)
        {
            tree.Root.Sync();
            return;
        }

        using var directory = tree.TryOpenDirectory(name, depth);
        directory?.Sync(); // null: emptied under our feet, and there is nothing left to keep
    }
}
