using BlobsServer.Storage.Disk.Durable;
using BlobsServer.Storage.Disk.Files;
using BlobsServer.Storage.Disk.Threads;
using Linux;

namespace BlobsServer.Storage.Disk;

/// <summary>blob_id.flags: a JSON array beside the blob, always one whole value, gone with its blob.</summary>
internal sealed class BlobFlags(BlobTree tree, Spool spool, Syncer syncer, DiskThreads threads)
{
    private const int MaxFlagsBytes = 64 * 1024;

    /// <summary>Whether the blob's flags, as they lie on the disk, hold this one.</summary>
    public static bool Contains(OpenFile leaf, string id, string flag)
    {
        using var file = LeafEntry.Open(leaf, id, BlobSuffix.FlagsText);
        return StoredFlags.Hold(Read(file), flag);
    }

    /// <summary>The flags as stored, "[]" when none were set; null when there is no blob.</summary>
    public async ValueTask<byte[]?> ReadAsync(BlobName name)
    {
        await threads.ToWaitForDisk();
        using var leaf = Leaf.TryOpen(tree, name);
        if (leaf is null) return null;
        while (true)
        {
            // The same blob before and after: then these flags were its own, and not a deleted predecessor's.
            if (leaf.StatusOf() is not { IsRegular: true } before) return null;
            using var file = leaf.TryOpenFile(BlobSuffix.FlagsText);
            var flags = Read(file);
            if (leaf.StatusOf() is not { } after) return null;
            if (before.IsSameFile(after)) return flags;
        }
    }

    /// <summary>Replaces the flags; false when there is no blob.</summary>
    public async ValueTask<bool> ReplaceAsync(BlobName name, byte[] flags)
    {
        await threads.ToWaitForLock();
        using var change = syncer.Begin();
        using var leaf = Leaf.TryOpen(tree, name);
        if (leaf is null) return false;
        using (var written = spool.Create())
        {
            written.File.Write(flags);
            await syncer.SyncFileAsync(written.File, written.File.Status());
            using var held = await leaf.LockAsync(threads);
            if (!leaf.Has()) return false;
            Rename(written, leaf);
        }

        await syncer.SyncLeafAsync(leaf);
        return true;
    }

    private static void Rename(PrivateFile written, Leaf leaf)
    {
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        written.RenameTo(leaf.Directory, BlobPath.Of(buffer, leaf.Name.Id, BlobSuffix.FlagsText).Bytes);
    }

    private static byte[] Read(OpenFile? file)
    {
        if (file is null) return "[]"u8.ToArray();
        var bytes = new byte[Math.Min(file.Status().SizeBytes, MaxFlagsBytes)];
        return bytes[..file.ReadAt(bytes, 0)];
    }
}
