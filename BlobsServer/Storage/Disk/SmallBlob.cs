using System.Buffers;
using System.IO.Pipelines;
using BlobsServer.Storage.Disk.Files;
using Linux;

namespace BlobsServer.Storage.Disk;

/// <summary>A blob that is read with one system call and held whole.</summary>
internal sealed class SmallBlob : IOpenBlob
{
    public const int MaxBytes = 48 * 1024;

    private byte[]? _bytes;

    private SmallBlob(StoredBlob info, byte[] bytes) => (Info, _bytes) = (info, bytes);

    public StoredBlob Info { get; }

    /// <summary>Null when that would have to wait for the disk.</summary>
    public static SmallBlob? TryRead(OpenFile file, in FileStatus status, bool mayWait)
    {
        var size = (int)status.SizeBytes;
        var bytes = ArrayPool<byte>.Shared.Rent(size);
        var count = 0;
        var isRead = size == 0 || file.TryReadAt(bytes.AsSpan(0, size), 0, mayWait, out count);
        if (isRead && count == size) return new(StoredFile.Describe(status, BlobTag.Of(bytes.AsSpan(0, size))), bytes);
        ArrayPool<byte>.Shared.Return(bytes);
        return mayWait ? throw new StoreException(StoreFailure.Broken, "a blob was cut short") : null;
    }

    public ValueTask<long> CopyToAsync(PipeWriter writer, long offset, long length, CancellationToken cancellationToken) =>
        BufferedCopy.ToAsync(writer, _bytes.AsMemory((int)offset, (int)length), cancellationToken);

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes) ArrayPool<byte>.Shared.Return(bytes);
        return ValueTask.CompletedTask;
    }
}
