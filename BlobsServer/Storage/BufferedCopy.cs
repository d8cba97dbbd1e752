using System.Buffers;
using System.IO.Pipelines;

namespace BlobsServer.Storage;

/// <summary>
/// Handing over a blob that is held whole. Many small ones that follow each other are sent together; so many bytes at most wait
/// for the next flush that whoever does not read costs no more than this.
/// </summary>
internal static class BufferedCopy
{
    private const int FlushFromBytes = 64 * 1024;

    /// <returns>How many bytes were handed over: none when the reader has gone.</returns>
    public static async ValueTask<long> ToAsync(PipeWriter writer, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        writer.Write(bytes.Span);
        var isFull = !writer.CanGetUnflushedBytes || writer.UnflushedBytes >= FlushFromBytes;
        return isFull && (await writer.FlushAsync(cancellationToken)).IsCompleted ? 0 : bytes.Length;
    }
}
