using BlobsServer.Linux;

namespace BlobsServer.Storage;

/// <summary>Finding a blob. Reads take no lock: what is open stays whole, even when it is deleted meanwhile.</summary>
internal sealed class BlobReader(BlobTree tree)
{
    /// <summary>Opens the blob's file; null when there is none.</summary>
    public OpenFile? Open(in BlobName name)
    {
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        // Not blocking: somebody may have put a pipe there, on which open(2) would wait for a writer.
        return tree.TryOpen(BlobPath.ToBlob(buffer, name).Bytes, OpenFlags.ReadOnly | OpenFlags.NonBlocking);
    }

    /// <summary>The size of the blob; null when there is none.</summary>
    public long? FindSize(in BlobName name)
    {
        using var file = Open(name);
        return file?.Status() is { IsRegular: true } status ? status.SizeBytes : null;
    }
}
