using System.Text.Json;
using BlobsServer.Linux;
using BlobsServer.Storage.Durable;

namespace BlobsServer.Storage;

/// <summary>blob_id.flags: a JSON array beside the blob, always one whole value, gone with its blob.</summary>
internal sealed class BlobFlags(BlobTree tree, Spool spool, Syncer syncer, WritePace pace)
{
    private const int MaxFlagsBytes = 64 * 1024;

    private static readonly string[] Known = ["PENDING", "PROCESSING", "PROCESSED", "FAILED"];

    /// <summary>All flags that there are, for people.</summary>
    public static string KnownText { get; } = string.Join(", ", Known);

    public static bool IsKnown(string flag) => Known.Contains(flag);

    /// <summary>Whether the blob's flags, as they lie on the disk, hold this one.</summary>
    public static bool Contains(OpenFile leaf, string id, string flag)
    {
        try
        {
            using var document = JsonDocument.Parse(ReadFile(leaf, id));
            return document.RootElement.ValueKind == JsonValueKind.Array
                && document.RootElement.EnumerateArray().Any(
                    element => element.ValueKind == JsonValueKind.String && element.ValueEquals(flag));
        }
        catch (JsonException)
        {
            return false; // not written by us, and not readable: it carries no flag
        }
    }

    /// <summary>The flags as stored, "[]" when none were set; null when there is no blob.</summary>
    public byte[]? Read(in BlobName name)
    {
        using var leaf = tree.TryOpenDirectory(name, BlobPath.LeafDepth);
        if (leaf is null) return null;
        while (true)
        {
            // The same blob before and after: then these flags were its own, and not a deleted predecessor's.
            if (LeafEntry.Status(leaf, name.Id) is not { } before) return null;
            var flags = ReadFile(leaf, name.Id);
            if (LeafEntry.Status(leaf, name.Id) is not { } after) return null;
            if (before.IsSameFile(after)) return flags;
        }
    }

    /// <summary>Replaces the flags; false when there is no blob.</summary>
    public async Task<bool> ReplaceAsync(BlobName name, ReadOnlyMemory<byte> flags)
    {
        if (pace.MustLeave) await Task.Yield();
        using var watch = pace.Begin();
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

        await syncer.SyncLeafAsync(name, leaf);
        return true;
    }

    public static void Remove(OpenFile leaf, in BlobName name) => LeafEntry.Remove(leaf, name.Id, BlobSuffix.FlagsText);

    /// <summary>
    /// Removes what a DELETE left that was killed half-way, so that a new blob does not inherit it. Under the lock and only
    /// while there is no blob: a blob that appears meanwhile cannot have got flags yet.
    /// </summary>
    public static void RemoveLeftOver(OpenFile leaf, in BlobName name)
    {
        if (!LeafEntry.Exists(leaf, name.Id, BlobSuffix.FlagsText)) return;
        using var held = DirectoryLock.Take(leaf);
        if (!LeafEntry.Exists(leaf, name.Id)) Remove(leaf, name);
    }

    private static bool Rename(PrivateName spoolName, OpenFile leaf, in BlobName name)
    {
        using var held = DirectoryLock.Take(leaf);
        if (!LeafEntry.Exists(leaf, name.Id)) return false;
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        spoolName.RenameTo(leaf, BlobPath.Of(buffer, name.Id, BlobSuffix.FlagsText).Bytes);
        return true;
    }

    private static byte[] ReadFile(OpenFile leaf, string id)
    {
        using var file = LeafEntry.Open(leaf, id, BlobSuffix.FlagsText);
        if (file is null) return "[]"u8.ToArray();
        var bytes = new byte[Math.Min(file.Status().SizeBytes, MaxFlagsBytes)];
        return bytes[..file.ReadAt(bytes, 0)];
    }
}
