using BlobsServer.Storage.Disk.Durable;
using BlobsServer.Storage.Disk.Files;
using BlobsServer.Storage.Disk.Quota;
using BlobsServer.Storage.Disk.Threads;

namespace BlobsServer.Storage.Disk;

/// <summary>
/// Storing a blob, as one story. Whoever was answered "stored" finds exactly these bytes under the name, and keeps finding
/// them after a kill or (durability always) a power cut; nobody ever sees a part of a blob.
/// </summary>
internal sealed class BlobWriter(
    BlobTree tree, Spool spool, Syncer syncer, DiskThreads threads, UserQuota? quota, long maxBlobBytes)
{
    /// <summary>How much of a body of unknown length is taken until the quota is asked again.</summary>
    private const long UncheckedBytes = 1024 * 1024;

    /// <summary>How often a directory is made again that others remove meanwhile.</summary>
    private const int MaxTries = 100;

    public async ValueTask<PutResult> PutAsync(PutRequest request, CancellationToken cancellationToken)
    {
        // 1. What can be refused before a long body is on the wire, is.
        var name = request.Name;
        if (request.AnnouncedBytes > maxBlobBytes) return new(PutOutcome.TooLarge);
        var roomBytes = request.AnnouncedBytes ?? UncheckedBytes;
        if (request.IsAwaitingContinue || request.AnnouncedBytes is not <= BodyIntake.MaxPieceBytes)
        {
            if (await FindAsync(name) is { } early) return new(PutOutcome.Exists, early);
            if (!await HasRoomAsync(name.User, request.AnnouncedBytes ?? 0)) return new(PutOutcome.QuotaExceeded);
        }

        // 2. The first piece; short bodies are whole then, and nothing below waits for the network.
        using var body = new BodyIntake(request, maxBlobBytes);
        if (await body.ReadAsync(cancellationToken) is { } refusal) return refusal;

        // 3. A file that nobody can see, and the bytes in it. When the connection ends early, reading throws, and it goes as
        // it came.
        await threads.ToWaitForDisk();
        using var leaf = Leaf.OpenOrMake(tree, name);
        using var staged = StagedFile.Create(leaf.Directory, spool);
        staged.File.Write(body.Piece);
        while (!body.IsAtEnd)
        {
            if (await body.ReadAsync(cancellationToken) is { } late) return late;
            if (body.SeenBytes > roomBytes)
            {
                if (!await HasRoomAsync(name.User, body.SeenBytes)) return new(PutOutcome.QuotaExceeded);
                roomBytes = body.SeenBytes + UncheckedBytes;
            }

            await threads.ToWaitForDisk();
            staged.File.Write(body.Piece);
        }

        using var change = syncer.Begin();
        // 4. On the disk before it has a name, so that no name ever leads to less than the whole.
        var status = staged.File.Status();
        await syncer.SyncFileAsync(staged.File, status);

        // 5. The name, for exactly one of those who race for it: linkat(2) fails with EEXIST for the others.
        var outcome = quota is null
            ? await LinkAsync(leaf, staged)
            : await LinkChargedAsync(quota, leaf, staged, status.SizeBytes);
        if (outcome == PutOutcome.Exists) return new(outcome, await FindAsync(name));
        if (outcome != PutOutcome.Stored) return new(outcome);

        // 6. The name on the disk too; from here on nothing takes it away again, whatever fails.
        await syncer.SyncNameAsync(leaf);
        return new(PutOutcome.Stored, StoredFile.Describe(status, body.Tag));
    }

    /// <summary>
    /// What is stored under the name, as safe as what was just answered "stored"; null when nothing is. A client whose first
    /// answer got lost, or was that a directory could not be synced, takes "exists" with his own blob's size and tag for that.
    /// </summary>
    public async ValueTask<StoredBlob?> FindAsync(BlobName name)
    {
        await threads.ToWaitForDisk();
        using var change = syncer.Begin();
        using var leaf = Leaf.TryOpen(tree, name);
        using var file = leaf?.TryOpenFile();
        if (file?.Status() is not { IsRegular: true } status) return null;
        await syncer.SyncFileAsync(file, status);
        await syncer.SyncNameAsync(leaf!);
        return StoredFile.Describe(file);
    }

    private async ValueTask<PutOutcome> LinkAsync(Leaf leaf, StagedFile staged)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            using (await leaf.LockAsync(threads))
            {
                var outcome = leaf.Link(staged);
                if (outcome != LinkOutcome.DirectoryGone)
                {
                    return outcome == LinkOutcome.Linked ? PutOutcome.Stored : PutOutcome.Exists;
                }
            }

            leaf.OpenAgain();
        }

        throw new StoreException(StoreFailure.Busy, "the blob's directory is removed again and again");
    }

    /// <summary>Under the user's lock, so that names and count change together.</summary>
    private async ValueTask<PutOutcome> LinkChargedAsync(UserQuota quota, Leaf leaf, StagedFile staged, long sizeBytes)
    {
        await threads.ToWaitForLock();
        using var account = quota.Open(leaf.Name.User);
        if (!account.HasRoomFor(sizeBytes)) return leaf.Has() ? PutOutcome.Exists : PutOutcome.QuotaExceeded;
        account.BeginChange();
        var outcome = await LinkAsync(leaf, staged);
        account.EndChange(outcome == PutOutcome.Stored ? QuotaCharge.Of(sizeBytes) : 0);
        return outcome;
    }

    private async ValueTask<bool> HasRoomAsync(string user, long bytes)
    {
        if (quota is null) return true;
        await threads.ToWaitForLock();
        using var account = quota.Open(user);
        return account.HasRoomFor(bytes);
    }
}
