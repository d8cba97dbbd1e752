using BlobsServer.Storage.Disk.Files;
using BlobsServer.Storage.Disk.Threads;
using Linux;

namespace BlobsServer.Storage.Disk;

/// <summary>
/// Finding a blob. Reads take no lock: what is open stays whole, even when it is deleted meanwhile. What the kernel has in
/// memory is read at once, on whichever thread asks.
/// </summary>
internal sealed class BlobReader(BlobTree tree, DiskThreads threads, bool isLocal)
{
    private readonly BlobCache _cache = new();

    public ValueTask<IOpenBlob?> OpenAsync(BlobName name)
    {
        if (isLocal && _cache.Find(name) is { } known) return new(known);
        return (isLocal || threads.MayWait) && TryOpen(name, threads.MayWait, out var blob) ? new(blob) : OpenWaitingAsync(name);
    }

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
        var path = BlobPath.ToBlob(buffer, name).Bytes;
        if (!tree.TryOpen(path, Flags, mayWait, out var file)) return false;
        if (file is null) return true;
        var isTaken = false;
        try
        {
            var status = file.Status();
            if (!status.IsRegular) return true;
            if (status.SizeBytes > SmallBlob.MaxBytes) blob = LargeBlob.TryRead(file, status, threads, mayWait);
            else if (isLocal && _cache.IsWanted(name) && IsStillNamed(path, status, mayWait)) blob = TryReadToKeep(name, file, status, mayWait);
            else blob = SmallBlob.TryRead(file, status, mayWait);
            isTaken = blob is LargeBlob or CachedBlob;
            return blob is not null;
        }
        finally
        {
            if (!isTaken) file.Dispose();
        }
    }

    /// <summary>
    /// Whether the name led to the file when its status was taken. Of a file that lost its name before that, as a deletion
    /// between opening and asking makes it, the status would never change again, and the cache would take it for the blob.
    /// </summary>
    private bool IsStillNamed(ReadOnlySpan<byte> path, in FileStatus status, bool mayWait)
    {
        if (!tree.TryOpen(path, OpenFlags.ReadOnly | OpenFlags.NonBlocking, mayWait, out var again) || again is null)
            return false;
        using (again) return again.Status().IsUnchanged(status);
    }

    private CachedBlob? TryReadToKeep(in BlobName name, OpenFile file, in FileStatus status, bool mayWait)
    {
        var bytes = new byte[status.SizeBytes];
        if (!file.TryReadAt(bytes, 0, mayWait, out var count) || count < bytes.Length) return null;
        var blob = new CachedBlob(file, status, StoredFile.Describe(status, BlobTag.Of(bytes)), bytes);
        _cache.Add(name, blob);
        return blob;
    }
}
