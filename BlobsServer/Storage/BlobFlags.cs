using BlobsServer.Linux;

namespace BlobsServer.Storage;

/// <summary>blob_id.flags: a JSON array beside the blob, always one whole value, gone with its blob.</summary>
internal sealed class BlobFlags(BlobTree tree, Spool spool, Syncer syncer)
{
    private const string Suffix = ".flags";
    private const int MaxFlagsBytes = 64 * 1024;

    /// <summary>The flags as stored, "[]" when none were set; null when there is no blob.</summary>
    public byte[]? Read(in BlobName name)
    {
        using var leaf = tree.TryOpenDirectory(name, BlobPath.LeafDepth);
        if (leaf is null) return null;
        while (true)
        {
            // The same blob before and after: then these flags were its own, and not a deleted predecessor's.
            if (LeafEntry.Status(leaf, name.Id) is not { } before) return null;
            var flags = ReadFile(leaf, name);
            if (LeafEntry.Status(leaf, name.Id) is not { } after) return null;
            if (before.IsSameFile(after)) return flags;
        }
    }

    /// <summary>Replaces the flags; false when there is no blob.</summary>
    public async Task<bool> ReplaceAsync(BlobName name, ReadOnlyMemory<byte> flags)
    {
        using var leaf = tree.TryOpenDirectory(name, BlobPath.LeafDepth);
        if (leaf is null) return false;
        var (file, spoolName) = spool.CreateLocked();
        using (file)
        {
            try
            {
                file.Write(flags.Span);
                await syncer.SyncFileAsync(file);
                if (!Rename(spoolName, leaf, name)) return false;
            }
            finally
            {
                spoolName.Remove();
            }
        }

        await syncer.SyncEntryAsync(leaf);
        return true;
    }

    public static void Remove(OpenFile leaf, in BlobName name) => LeafEntry.Remove(leaf, name.Id, Suffix);

    /// <summary>
    /// Removes what a DELETE left that was killed half-way, so that a new blob does not inherit it. Under the lock and only
    /// while there is no blob: a blob that appears meanwhile cannot have got flags yet.
    /// </summary>
    public static void RemoveLeftOver(OpenFile leaf, in BlobName name)
    {
        if (!LeafEntry.Exists(leaf, name.Id, Suffix)) return;
        using var held = DirectoryLock.Take(leaf);
        if (!LeafEntry.Exists(leaf, name.Id)) Remove(leaf, name);
    }

    private static bool Rename(SpoolName spoolName, OpenFile leaf, in BlobName name)
    {
        using var held = DirectoryLock.Take(leaf);
        if (!LeafEntry.Exists(leaf, name.Id)) return false;
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        spoolName.RenameTo(leaf, BlobPath.Of(buffer, name.Id, Suffix).Bytes);
        return true;
    }

    private static byte[] ReadFile(OpenFile leaf, in BlobName name)
    {
        using var file = LeafEntry.Open(leaf, name.Id, Suffix);
        if (file is null) return "[]"u8.ToArray();
        var bytes = new byte[Math.Min(file.Status().SizeBytes, MaxFlagsBytes)];
        return bytes[..file.ReadAt(bytes, 0)];
    }
}
