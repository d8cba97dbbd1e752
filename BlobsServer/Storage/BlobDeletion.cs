namespace BlobsServer.Storage;

/// <summary>Deleting: a tombstone (blob_id.deleted) first, then the blob. Who has it open reads on to its end.</summary>
internal sealed class BlobDeletion(BlobTree tree, Syncer syncer)
{
    private const string TombstoneSuffix = ".deleted";

    /// <summary>False when there is no blob.</summary>
    public async Task<bool> DeleteAsync(BlobName name)
    {
        using var leaf = tree.TryOpenDirectory(name, BlobPath.LeafDepth);
        if (leaf is null) return false;
        using (DirectoryLock.Take(leaf))
        {
            if (!LeafEntry.Exists(leaf, name.Id)) return false;
            LeafEntry.Touch(leaf, name.Id, TombstoneSuffix);
            LeafEntry.Remove(leaf, name.Id);
            BlobFlags.Remove(leaf, name);
        }

        await syncer.SyncEntryAsync(leaf);
        return true;
    }
}
