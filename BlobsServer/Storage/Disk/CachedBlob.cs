using System.IO.Pipelines;
using Linux;

namespace BlobsServer.Storage.Disk;

/// <summary>A small blob whose bytes are in memory, and its file, which says whether they are still the blob's.</summary>
internal sealed class CachedBlob(OpenFile file, FileStatus status, StoredBlob info, byte[] bytes) : IOpenBlob
{
    /// <summary>
    /// A directory above it can be moved away without a trace in the file; that much later it is seen.
    /// </summary>
    private const long MaxAgeMilliseconds = 1000;

    private readonly long _openedAt = Environment.TickCount64;

    public StoredBlob Info => info;

    /// <summary>
    /// Asks the kernel. A blob never changes, and taking its name away changes the file's link count and its ctime, whichever
    /// process does it; the count alone would not do where backups are hard links. A descriptor that was closed meanwhile,
    /// and perhaps given to another file, does not answer as this one did.
    /// </summary>
    public bool IsStillThere() =>
        Environment.TickCount64 - _openedAt < MaxAgeMilliseconds
        && Libc.StatX(file.Descriptor, "\0"u8, At.EmptyPath, At.StatBasic, out var now) == 0
        && now.IsUnchanged(status);

    public ValueTask<long> CopyToAsync(PipeWriter writer, long offset, long length, CancellationToken cancellationToken) =>
        BufferedCopy.ToAsync(writer, bytes.AsMemory((int)offset, (int)length), cancellationToken);

    /// <summary>Who reads it only borrows it.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The cache has no place for it any more. Whoever is reading it goes on.</summary>
    public void Close() => file.Dispose();
}
