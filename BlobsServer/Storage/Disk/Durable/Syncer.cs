using BlobsServer.Linux;

namespace BlobsServer.Storage.Disk.Durable;

/// <summary>
/// Makes written files and changed directories survive a power cut; does nothing under durability none. Whoever is nearly
/// alone syncs what he changed, file by file; the more there are, the more share one sync of the file system.
/// </summary>
internal sealed class Syncer(
    BlobTree tree, DirectoriesAbove above, Durability durability, DiskThreads threads, GroupSync group)
{
    /// <summary>
    /// So many at once, and a sync of all costs less than theirs one by one: measured, 10 are a little slower together and 64
    /// half as fast again.
    /// </summary>
    private const int GroupFrom = 16;

    private readonly FileStatus _root = tree.Root.Status();
    private readonly DurableDirectories _durable = new();

    /// <summary>To be held from the first change to the last sync of it: whoever syncs for all waits a moment for those.</summary>
    public Change Begin()
    {
        group.Begin();
        return new Change(group);
    }

    private bool IsNeeded => durability == Durability.Always;

    /// <summary>The bytes of a file.</summary>
    public ValueTask SyncFileAsync(OpenFile file, in FileStatus status) =>
        IsNeeded ? SyncAsync(file.Sync, status) : ValueTask.CompletedTask;

    /// <summary>What was changed in a blob's directory that exists for longer.</summary>
    public ValueTask SyncLeafAsync(Leaf leaf) => IsNeeded ? SyncChangeAsync(leaf, BlobPath.LeafDepth + 1) : ValueTask.CompletedTask;

    /// <summary>A name in the blob's directory, and the directories that lead to it.</summary>
    public ValueTask SyncNameAsync(Leaf leaf) =>
        IsNeeded ? SyncChangeAsync(leaf, _durable.FirstUnsureDepth(leaf)) : ValueTask.CompletedTask;

    private async ValueTask SyncChangeAsync(Leaf leaf, int firstUnsure)
    {
        try
        {
            await SyncAsync(() => SyncDirectories(leaf, firstUnsure), leaf.Directory.Status());
            if (firstUnsure == 0) above.Sync(); // they may lie on another file system
        }
        catch (SystemCallException failure)
        {
            throw DiskFailure.AfterChange(failure);
        }

        _durable.Remember(leaf, firstUnsure);
    }

    private async ValueTask SyncAsync(Action alone, FileStatus status)
    {
        await threads.ToWaitForDisk();
        // Something may be mounted below DIR, which a sync of DIR's file system does not reach.
        if (group.Active >= GroupFrom && group.IsWelcome && status.IsOnSameDevice(_root)) await group.SyncAsync();
        else alone();
    }

    private void SyncDirectories(Leaf leaf, int firstUnsure)
    {
        leaf.Directory.Sync();
        // A directory's own entry lies in its parent.
        for (var depth = Math.Max(1, firstUnsure); depth <= BlobPath.LeafDepth; depth++)
        {
            if (depth == 1)
            {
                tree.Root.Sync();
                continue;
            }

            using var parent = tree.TryOpenDirectory(leaf.Name, depth - 1);
            parent?.Sync(); // null: emptied under our feet, and there is nothing left to keep
        }
    }

    internal readonly struct Change(GroupSync group) : IDisposable
    {
        public void Dispose() => group.End();
    }
}
