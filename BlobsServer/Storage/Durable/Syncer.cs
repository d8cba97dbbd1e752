using BlobsServer.Linux;

namespace BlobsServer.Storage.Durable;

/// <summary>Makes written files and changed directories survive a power cut; does nothing under durability none.</summary>
internal sealed class Syncer(BlobTree tree, DirectoriesAbove above, Durability durability, int maxThreads)
{
    private readonly SyncThreads? _threads = durability == Durability.Always ? new SyncThreads(maxThreads) : null;
    private readonly SharedSyncs _shared = new();
    private readonly DurableDirectories _durable = new();

    /// <summary>The bytes of a file.</summary>
    public Task SyncFileAsync(OpenFile file) => _threads?.RunAsync(file.Sync) ?? Task.CompletedTask;

    /// <summary>What was changed in a blob's directory that exists for longer.</summary>
    public Task SyncLeafAsync(in BlobName name, OpenFile leaf) =>
        _threads is null ? Task.CompletedTask : SyncSharedAsync(_threads, name, BlobPath.LeafDepth, leaf.Sync);

    /// <summary>A name in the blob's directory, and the directories that lead to it.</summary>
    public Task SyncNameAsync(in BlobName name, OpenFile leaf, int firstNewDepth = BlobPath.LeafDepth + 1)
    {
        if (_threads is null) return Task.CompletedTask;
        var leafSync = SyncLeafAsync(name, leaf);
        var firstUnsure = _durable.FirstUnsureDepth(name, firstNewDepth);
        if (firstUnsure > BlobPath.LeafDepth) return leafSync;
        return SyncWithParentsAsync(_threads, name, leafSync, firstUnsure, firstNewDepth <= BlobPath.LeafDepth);
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
            try
            {
                sync();
            }
            catch (StorageException failure)
            {
                throw new StorageException("fsync of a directory", failure.Errno) { IsChangeMade = true };
            }
        }));

    private void SyncDirectory(BlobName name, int depth)
    {
        if (depth < 0)
        {
            above.Sync();
            return;
        }

        if (depth == 0)
        {
            tree.Root.Sync();
            return;
        }

        using var directory = tree.TryOpenDirectory(name, depth);
        directory?.Sync(); // null: emptied under our feet, and there is nothing left to keep
    }
}
