using BlobsServer.Linux;

namespace BlobsServer.Storage;

/// <summary>Finding a blob. Reads take no lock: what is open stays whole, even when it is deleted meanwhile.</summary>
internal sealed class BlobReader(BlobTree tree)
{
    /// <summary>Whether this thread may wait for the disk.</summary>
    public bool MayWait => tree.MayWait;

    /// <summary>Opens the blob's file; null when there is none.</summary>
    public OpenFile? Open(in BlobName name)
    {
        TryOpen(name, mayWait: true, out var file);
        return file;
    }

    /// <summary>The same; false when that would have to wait for the disk.</summary>
    public bool TryOpen(in BlobName name, bool mayWait, out OpenFile? file)
    {
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        // Not blocking: somebody may have put a pipe there, on which open(2) would wait for a writer.
        return tree.TryOpen(BlobPath.ToBlob(buffer, name).Bytes, OpenFlags.ReadOnly | OpenFlags.NonBlocking, mayWait, out file);
    }

    /// <summary>The size of the blob; null when there is none.</summary>
    public long? FindSize(in BlobName name)
    {
        using var file = Open(name);
        return file?.Status() is { IsRegular: true } status ? status.SizeBytes : null;
    }
}
