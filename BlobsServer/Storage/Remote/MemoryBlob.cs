using System.Buffers;
using System.IO.Pipelines;

namespace BlobsServer.Storage.Remote;

/// <summary>A blob that was small enough to come whole.</summary>
/// <param name="info">The blob.</param>
/// <param name="bytes">Its bytes, from the shared pool, to which they go back.</param>
internal sealed class MemoryBlob(StoredBlob info, byte[] bytes) : IOpenBlob
{
    private const int PieceBytes = 64 * 1024;

    private byte[]? _bytes = bytes;

    public StoredBlob Info => info;

    public async ValueTask<long> CopyToAsync(PipeWriter writer, long offset, long length, CancellationToken cancellationToken)
    {
        var done = 0;
        while (done < length)
        {
            var piece = _bytes.AsMemory((int)offset + done, (int)Math.Min(PieceBytes, length - done));
            var flushed = await writer.WriteAsync(piece, cancellationToken);
            done += piece.Length;
            if (flushed.IsCompleted) break;
        }

        return done;
    }

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } held) ArrayPool<byte>.Shared.Return(held);
        return ValueTask.CompletedTask;
    }
}
