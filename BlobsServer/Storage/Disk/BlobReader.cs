using BlobsServer.Linux;

namespace BlobsServer.Storage.Disk;

/// <summary>
/// Finding a blob. Reads take no lock: what is open stays whole, even when it is deleted meanwhile. What the kernel has in
/// memory is read at once, on whichever thread asks.
/// </summary>
internal sealed class BlobReader(BlobTree tree, DiskThreads threads, bool isLocal)
{
    public ValueTask<IOpenBlob?> OpenAsync(BlobName name) =>
        (isLocal || threads.MayWait) && TryOpen(name, threads.MayWait, out var blob) ? new(blob) : OpenWaitingAsync(name);

    private async ValueTask<IOpenBlob?> OpenWaitingAsync(BlobName name)
    {
        await threads.ToWaitForDisk();
        TryOpen(name, mayWait: true, out var blob);
        return blob;
    }

    /// <summary>False when that would have to wait for the disk.</summary>
    private bool TryOpen(in BlobName name, bool mayWait, out IOpenBlob? blob)
    {
        blob = null;
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        // Not blocking: somebody may have put a pipe there, on which open(2) would wait for a writer.
        const int Flags = OpenFlags.ReadOnly | OpenFlags.NonBlocking;
        if (!tree.TryOpen(BlobPath.ToBlob(buffer, name).Bytes, Flags, mayWait, out var file)) return false;
        if (file is null) return true;
        var isTaken = false;
        try
        {
            var status = file.Status();
            if (!status.IsRegular) return true;
            blob = status.SizeBytes <= SmallBlob.MaxBytes
                ? SmallBlob.TryRead(file, status, mayWait)
                : LargeBlob.TryRead(file, status, threads, mayWait);
            isTaken = blob is LargeBlob;
            return blob is not null;
        }
        finally
        {
            if (!isTaken) file.Dispose();
        }
    }
}
