using BlobsServer.Storage.Durable;
using BlobsServer.Storage.Quota;

namespace BlobsServer.Storage;

/// <summary>
/// Storing a blob, as one story. Whoever was answered "stored" finds exactly these bytes under the name, and keeps finding
/// them after a kill or (durability always) a power cut; nobody ever sees a part of a blob.
/// </summary>
internal sealed class BlobWriter(
    BlobTree tree, Spool spool, Syncer syncer, BlobReader reader, UserQuota? quota, WritePace pace, long maxBlobBytes)
{
    public long MaxBlobBytes => maxBlobBytes;

    public async Task<PutResult> PutAsync(PutRequest request)
    {
        // 1. What can be refused before a long body is on the wire, is.
        var name = request.Name;
        if (request.AnnouncedBytes > maxBlobBytes) return new(PutOutcome.TooLarge);
        var isLong = request.AnnouncedBytes is not <= BodyPieces.MaxPieceBytes;
        if ((isLong || request.IsAwaitingContinue) && await FindSafeAsync(name) is { } early)
        {
            return new(PutOutcome.Exists, early);
        }
        if (quota is not null) await Task.Yield(); // it waits for locks, which the connection's own thread must not
        using var reservation = quota is null ? null : new QuotaReservation(quota, name.User);
        if (reservation?.TryCover(request.AnnouncedBytes ?? 0) == false) return new(PutOutcome.QuotaExceeded);

        // 2. The first piece; short bodies are whole then, and everything below happens without waiting for the network.
        using var pieces = new BodyPieces(request.Body, request.AnnouncedBytes);
        var piece = await pieces.NextAsync();

        // 3. A file that nobody can see.
        if (pace.MustLeave) await Task.Yield();
        using var watch = pace.Begin();
        using var leaf = new BlobDirectory(tree, name);
        using var staged = StagedFile.Create(leaf.Directory, spool);

        // 4. The bytes, counted and digested. When the connection ends early, NextAsync throws, and the file goes as it came.
        while (true)
        {
            if (pieces.SeenBytes > maxBlobBytes) return new(PutOutcome.TooLarge);
            if (reservation?.TryCover(pieces.SeenBytes) == false) return new(PutOutcome.QuotaExceeded);
            if (isLong) await Task.Yield(); // a slow disk is not to hold up the connection's thread
            staged.File.Write(piece);
            foreach (var digest in request.Digests) digest.Append(piece);
            if (pieces.IsAtEnd) break;
            piece = await pieces.NextAsync();
        }

        if (request.AnnouncedBytes is not null && pieces.SeenBytes != request.AnnouncedBytes) return new(PutOutcome.Incomplete);
        foreach (var digest in request.Digests)
        {
            if (!digest.IsRight()) return new(PutOutcome.DigestMismatch, WrongDigestHeader: digest.Header);
        }

        // 5. On the disk before it has a name, so that no name ever leads to less than the whole.
        await syncer.SyncFileAsync(staged.File);
        var stored = StoredBlob.Of(staged.File);

        // 6. The name, for exactly one of those who race for it: linkat(2) fails with EEXIST for the others.
        if (!leaf.IsNew) BlobFlags.RemoveLeftOver(leaf.Directory, name);
        var isLinked = reservation?.Link(stored.SizeBytes, () => leaf.TryLink(staged)) ?? leaf.TryLink(staged);
        if (!isLinked) return new(PutOutcome.Exists, await FindSafeAsync(name));

        // 7. The name on the disk too; from here on nothing takes it away again, whatever fails.
        await syncer.SyncNameAsync(name, leaf.Directory, leaf.FirstNewDepth);
        return new(PutOutcome.Stored, stored);
    }

    /// <summary>
    /// What is stored under the name, as safe as what was just answered "stored"; null when nothing is. A client whose first
    /// answer got lost, or was that a directory could not be synced, takes "exists" with his own blob's size and tag for that.
    /// </summary>
    public async Task<StoredBlob?> FindSafeAsync(BlobName name)
    {
        using var file = reader.Open(name);
        if (file?.Status().IsRegular != true) return null;
        using var leaf = tree.TryOpenDirectory(name, BlobPath.LeafDepth);
        if (leaf is null) return null;
        await syncer.SyncFileAsync(file);
        await syncer.SyncNameAsync(name, leaf);
        return StoredBlob.Of(file);
    }
}
