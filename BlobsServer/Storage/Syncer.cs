using System.Collections.Concurrent;
using BlobsServer.Linux;

namespace BlobsServer.Storage;

/// <summary>Makes written files and new directory entries survive a power cut; does nothing under durability none.</summary>
internal sealed class Syncer(BlobTree tree, Durability durability)
{
    private const int MaxRemembered = 100_000;

    // Directories whose own entry this process has seen synced. That one merely exists proves nothing: another process may
    // have made it a moment ago and not yet have synced the entry.
    private readonly ConcurrentDictionary<string, bool> _durableDirectories = new();

    /// <summary>The bytes of a file.</summary>
    public Task SyncFileAsync(OpenFile file) =>
        durability == Durability.None ? Task.CompletedTask : Task.Run(file.Sync);

    /// <summary>What was changed in a directory that exists for longer.</summary>
    public Task SyncEntryAsync(OpenFile directory) => SyncFileAsync(directory);

    /// <summary>The entry that was just made in the blob's directory, and the entries of the directories that lead to it.</summary>
    public Task SyncDirectoriesAsync(BlobName name, OpenFile leaf, int firstNewDepth) =>
        durability == Durability.None ? Task.CompletedTask : Task.Run(() => SyncDirectories(name, leaf, firstNewDepth));

    private void SyncDirectories(BlobName name, OpenFile leaf, int firstNewDepth)
    {
        leaf.Sync();
        if (_durableDirectories.Count > MaxRemembered) _durableDirectories.Clear();
        for (var depth = BlobPath.LeafDepth; depth >= 1; depth--)
        {
            var key = $"{name.User}/{name.Namespace}/{BlobPath.DirectoryName(name, depth)}/{depth}";
            if (depth < firstNewDepth && _durableDirectories.ContainsKey(key)) continue;
            using var parent = depth == 1 ? null : tree.TryOpenDirectory(name, depth - 1);
            if (depth > 1 && parent is null) return; // emptied under our feet: there is nothing left to keep
            (parent ?? tree.Root).Sync();
            _durableDirectories[key] = true;
        }
    }
}
