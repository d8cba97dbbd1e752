using Linux;

namespace BlobsServer.Storage.Disk.Files;

/// <summary>What a blob's file says of the blob.</summary>
internal static class StoredFile
{
    private const long NanosecondsPerTick = 100;

    public static StoredBlob Describe(OpenFile file)
    {
        var status = file.Status();
        Span<byte> last = stackalloc byte[BlobTag.Bytes];
        var read = file.ReadAt(last, Math.Max(0, status.SizeBytes - BlobTag.Bytes));
        return Describe(status, BlobTag.Of(last[..read]));
    }

    /// <summary>A blob never changes while it has its name; size, tag and time tell it from a later one of that name.</summary>
    public static StoredBlob Describe(in FileStatus status, string tag) => new(
        status.SizeBytes,
        DateTimeOffset.UnixEpoch.AddTicks(status.ModifiedNanoseconds / NanosecondsPerTick),
        tag,
        $"\"{tag}-{status.SizeBytes:x}-{status.ModifiedNanoseconds:x}\"");
}
