using BlobsServer.Linux;
using BlobsServer.Storage.Durable;
using BlobsServer.Storage.Quota;

namespace BlobsServer.Storage;

/// <summary>Deleting: a tombstone (blob_id.deleted) first, then the blob. Who has it open reads on to its end.</summary>
internal sealed class BlobDeletion(BlobTree tree, Syncer syncer, UserQuota? quota, WritePace pace)
{
    /// <param name="name">Which blob.</param>
    /// <param name="isWanted">Asked about the blob that is there (If-Match); null to delete whichever it is.</param>
    public async Task<DeleteOutcome> DeleteAsync(BlobName name, Func<StoredBlob, bool>? isWanted)
    {
        // The quota waits for locks, which the connection's own thread must not.
        if (quota is not null || pace.MustLeave) await Task.Yield();
        using var watch = pace.Begin();
        using var leaf = tree.TryOpenDirectory(name, BlobPath.LeafDepth);
        if (leaf is null) return DeleteOutcome.NotFound;
        var outcome = DeleteOutcome.NotFound;
        if (quota is null)
        {
            outcome = Unlink(leaf, name, isWanted, out _);
        }
        else
        {
            quota.Unlink(name.User, () =>
            {
                outcome = Unlink(leaf, name, isWanted, out var freedBytes);
                return outcome == DeleteOutcome.Deleted ? freedBytes : null;
            });
        }

        // Also when it is gone already: whoever repeats a request that failed at the sync learns that it is gone for good.
        if (outcome != DeleteOutcome.NotMatched) await syncer.SyncLeafAsync(name, leaf);
        return outcome;
    }

    private static DeleteOutcome Unlink(OpenFile leaf, BlobName name, Func<StoredBlob, bool>? isWanted, out long freedBytes)
    {
        freedBytes = 0;
        using var held = DirectoryLock.Take(leaf);
        using var file = LeafEntry.Open(leaf, name.Id);
        if (file is null) return DeleteOutcome.NotFound;
        if (isWanted?.Invoke(StoredBlob.Of(file)) == false) return DeleteOutcome.NotMatched;
        freedBytes = file.Status().SizeBytes;
        LeafEntry.Touch(leaf, name.Id, BlobSuffix.DeletedText);
        LeafEntry.Remove(leaf, name.Id);
        BlobFlags.Remove(leaf, name);
        return DeleteOutcome.Deleted;
    }
}

internal enum DeleteOutcome
{
    Deleted,
    NotFound,

    /// <summary>The blob is another than the one that was to be deleted.</summary>
    NotMatched,
}
