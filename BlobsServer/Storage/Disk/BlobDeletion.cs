using BlobsServer.Storage.Disk.Durable;
using BlobsServer.Storage.Disk.Files;
using BlobsServer.Storage.Disk.Quota;
using BlobsServer.Storage.Disk.Threads;

namespace BlobsServer.Storage.Disk;

/// <summary>Deleting: a tombstone (blob_id.deleted) first, then the blob. Who has it open reads on to its end.</summary>
internal sealed class BlobDeletion(BlobTree tree, Syncer syncer, DiskThreads threads, UserQuota? quota)
{
    public async ValueTask<DeleteOutcome> DeleteAsync(BlobName name, EntityTags? ifMatch)
    {
        await threads.ToWaitForLock();
        using var change = syncer.Begin();
        using var leaf = Leaf.TryOpen(tree, name);
        if (leaf is null) return DeleteOutcome.NotFound;
        DeleteOutcome outcome;
        using (var account = quota?.Open(name.User)) outcome = await UnlinkAsync(leaf, account, ifMatch);

        // Also when it is gone already: whoever repeats a request that failed at the sync learns that it is gone for good.
        if (outcome != DeleteOutcome.NotMatched) await syncer.SyncLeafAsync(leaf);
        return outcome;
    }

    private async ValueTask<DeleteOutcome> UnlinkAsync(Leaf leaf, UserAccount? account, EntityTags? ifMatch)
    {
        using var held = await leaf.LockAsync(threads);
        using var file = leaf.TryOpenFile();
        if (file?.Status() is not { IsRegular: true } status) return DeleteOutcome.NotFound;
        if (ifMatch?.Match(StoredFile.Describe(file).ETag) == false) return DeleteOutcome.NotMatched;
        account?.BeginChange();
        leaf.Touch(BlobSuffix.DeletedText);
        leaf.Remove();
        leaf.Remove(BlobSuffix.FlagsText);
        account?.EndChange(-QuotaCharge.Of(status.SizeBytes));
        return DeleteOutcome.Deleted;
    }
}
