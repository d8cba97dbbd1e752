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
    public static async ValueTask<long> ToAsync(
        PipeWriter writer, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        // Where nothing waits this is a whole answer: its writer sends the header along, and copies once only.
        if (writer is not { CanGetUnflushedBytes: true, UnflushedBytes: > 0 and < FlushFromBytes } || bytes.Length >= FlushFromBytes)
            return (await writer.WriteAsync(bytes, cancellationToken)).IsCompleted ? 0 : bytes.Length;
        // By its size: ASP.NET's writer may answer a span of nothing when it isn't told one.
        bytes.Span.CopyTo(writer.GetSpan(bytes.Length));
        writer.Advance(bytes.Length);
        return bytes.Length;
    }
}
