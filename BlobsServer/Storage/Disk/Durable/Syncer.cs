using BlobsServer.Storage.Disk.Files;
using BlobsServer.Storage.Disk.Threads;
using Linux;

namespace BlobsServer.Storage.Disk.Durable;

/// <summary>
/// Makes written files and changed directories survive a power cut; does nothing under durability none. Whoever is nearly
/// alone syncs what he changed; the more there are, the more share one sync of all.
/// </summary>
/// <param name="tree">The directories.</param>
/// <param name="above">Those that hold DIR's entry.</param>
/// <param name="durability">Whether anything is synced at all.</param>
/// <param name="threads">Where one waits.</param>
/// <param name="journal">Commits file and name together; null where they are synced one after the other.</param>
/// <param name="group">Those who sync together.</param>
internal sealed class Syncer(
    BlobTree tree, DirectoriesAbove above, Durability durability, DiskThreads threads, OrderedJournal? journal, GroupSync group)
{
    private readonly FileStatus _root = tree.Root.Status();
    private readonly DurableDirectories _durable = new();
    private volatile bool _isRootDurable;

    /// <summary>
    /// To be held from the first change to the last sync of it: whoever syncs for all waits a moment for those.
    /// </summary>
    public Change Begin()
    {
        group.Begin();
        return new Change(group);
    }

    private bool IsNeeded => durability == Durability.Always;

    /// <summary>
    /// The bytes of a file: on the disk, or so that they will be before any change that is synced later.
    /// </summary>
    public async ValueTask SyncFileAsync(OpenFile file, FileStatus status)
    {
        if (!IsNeeded) return;
        await threads.ToWaitForDisk();
        if (IsJournaled(status)) file.WriteOut();
        else if (IsForGroup(status)) await group.SyncAsync();
        else file.SyncBytes();
    }

    /// <summary>What was changed in a blob's directory that exists for longer.</summary>
    public ValueTask SyncLeafAsync(Leaf leaf) => IsNeeded ? SyncChangeAsync(leaf, isNameNew: false) : ValueTask.CompletedTask;

    /// <summary>A name in the blob's directory, and the directories that lead to it.</summary>
    public ValueTask SyncNameAsync(Leaf leaf) => IsNeeded ? SyncChangeAsync(leaf, isNameNew: true) : ValueTask.CompletedTask;

    private async ValueTask SyncChangeAsync(Leaf leaf, bool isNameNew)
    {
        await threads.ToWaitForDisk();
        try
        {
            var status = leaf.Directory.Status();
            if (IsJournaled(status)) await CommitAsync(status);
            else await SyncDirectoriesAsync(leaf, status, isNameNew ? _durable.FirstUnsureDepth(leaf) : BlobPath.LeafDepth + 1);
        }
        catch (SystemCallException failure)
        {
            throw DiskFailure.AfterChange(failure);
        }
    }

    /// <summary>The directories that lead here were made earlier, by whomever, and so are committed with it.</summary>
    private async ValueTask CommitAsync(FileStatus status)
    {
        if (IsForGroup(status)) await group.SyncAsync();
        else journal!.Sync();
        if (_isRootDurable) return;
        above.Sync(); // they may lie on another file system
        _isRootDurable = true;
    }

    private async ValueTask SyncDirectoriesAsync(Leaf leaf, FileStatus status, int firstUnsure)
    {
        if (IsForGroup(status)) await group.SyncAsync();
        else SyncDirectories(leaf, firstUnsure);
        if (firstUnsure == 0) above.Sync(); // they may lie on another file system
        _durable.Remember(leaf, firstUnsure);
    }

    // Something may be mounted below DIR, which a sync of DIR's file system does not reach.
    private bool IsJournaled(in FileStatus status) => journal is not null && status.IsOnSameDevice(_root);

    private bool IsForGroup(in FileStatus status) =>
        group.IsWelcome && status.IsOnSameDevice(_root);

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
