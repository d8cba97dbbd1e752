using System.IO.Pipelines;

namespace BlobsServer.Storage;

/// <summary>
/// Storing a blob, as one story. Whoever was answered "stored" finds exactly these bytes under the name, and keeps finding
/// them after a kill or (durability always) a power cut; nobody ever sees a part of a blob.
/// </summary>
internal sealed class BlobWriter(BlobTree tree, Spool spool, Syncer syncer, BlobReader reader, long maxBlobBytes)
{
    public long MaxBlobBytes => maxBlobBytes;

    /// <param name="name">Under which name.</param>
    /// <param name="body">The bytes; throws when the connection ends early, and nothing stays.</param>
    /// <param name="announcedBytes">What Content-Length said, null when the body is chunked.</param>
    /// <param name="isAwaitingContinue">The client sends nothing before we start to read.</param>
    public async Task<PutResult> PutAsync(BlobName name, PipeReader body, long? announcedBytes, bool isAwaitingContinue)
    {
        // 1. What can be refused before a long body is on the wire, is.
        if (announcedBytes > maxBlobBytes) return new(PutOutcome.TooLarge);
        var isLong = announcedBytes is not <= BodyPieces.MaxPieceBytes;
        if ((isLong || isAwaitingContinue) && reader.Find(name) is { } early) return new(PutOutcome.Exists, early);

        // 2. The first piece; short bodies are whole then, and everything below happens without waiting for the network.
        using var pieces = new BodyPieces(body, announcedBytes);
        var piece = await pieces.NextAsync();

        // 3. A file that nobody can see.
        using var leaf = new BlobDirectory(tree, name);
        using var staged = StagedFile.Create(leaf.Directory, spool);

        // 4. The bytes, counted. When the body ends early, NextAsync throws, and the file goes as it came.
        while (true)
        {
            if (pieces.SeenBytes > maxBlobBytes) return new(PutOutcome.TooLarge);
            if (isLong) await Task.Yield(); // the connection's own thread serves others meanwhile
            staged.File.Write(piece);
            if (pieces.IsAtEnd) break;
            piece = await pieces.NextAsync();
        }

        if (announcedBytes is not null && pieces.SeenBytes != announcedBytes) return new(PutOutcome.Incomplete);

        // 5. On the disk before it has a name, so that no name ever leads to less than the whole.
        await syncer.SyncFileAsync(staged.File);
        var stored = StoredBlob.Of(staged.File);

        // 6. The name, for exactly one of those who race for it: linkat(2) fails with EEXIST for the others.
        if (!leaf.IsNew) BlobFlags.RemoveLeftOver(leaf.Directory, name);
        if (!leaf.TryLink(staged)) return new(PutOutcome.Exists, reader.Find(name));

        // 7. The name on the disk too; from here on nothing takes it away again, whatever fails.
        await syncer.SyncDirectoriesAsync(name, leaf.Directory, leaf.FirstNewDepth);
        return new(PutOutcome.Stored, stored);
    }
}
