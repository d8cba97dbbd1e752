using BlobsServer.Linux;
using BlobsServer.Observation;
using BlobsServer.Storage;
using Microsoft.Net.Http.Headers;

namespace BlobsServer.Endpoints;

/// <summary>GET and HEAD /blobs/{user}/{id}: the bytes, or a range of them.</summary>
internal static class GetEndpoint
{
    /// <summary>Blobs up to this size are read with one system call and answered without waiting for anything.</summary>
    private const int WholeBytes = 48 * 1024;

    private const int PieceBytes = 128 * 1024;

    [ThreadStatic]
    private static byte[]? _buffer;

    public static Task HandleAsync(Exchange exchange, BlobReader reader, in BlobName name) =>
        TryHandle(exchange, reader, name, reader.MayWait) ?? HandleOnPoolAsync(exchange, reader, name);

    private static async Task HandleOnPoolAsync(Exchange exchange, BlobReader reader, BlobName name)
    {
        await Task.Yield();
        await TryHandle(exchange, reader, name, mayWait: true)!;
    }

    /// <summary>Null when that would have to wait for the disk.</summary>
    private static Task? TryHandle(Exchange exchange, BlobReader reader, in BlobName name, bool mayWait)
    {
        var http = exchange.Http;
        if (!reader.TryOpen(name, mayWait, out var file)) return null;
        try
        {
            if (file is null || file.Status() is var status && !status.IsRegular) return Problem.NotFoundAsync(http);
            if (status.SizeBytes <= WholeBytes) return AnswerWhole(exchange, file, status, mayWait);
            var answer = AnswerLargeAsync(exchange, reader, file);
            file = null; // it closes the file itself
            return answer;
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static Task? AnswerWhole(Exchange exchange, OpenFile file, in FileStatus status, bool mayWait)
    {
        var http = exchange.Http;
        var buffer = _buffer ??= new byte[WholeBytes];
        var wanted = buffer.AsSpan(0, (int)status.SizeBytes);
        if (!TryRead(file, wanted, 0, mayWait, out var count) || (count < wanted.Length && !mayWait)) return null;
        var bytes = buffer.AsMemory(0, count);
        var blob = new StoredBlob(bytes.Length, status.ModifiedNanoseconds, StoredBlob.TagOf(bytes.Span));
        if (Begin(http, blob) is not { } part) return Task.CompletedTask;
        exchange.SentBytes = part.Length;
        // Copied before the call returns, so the thread's buffer is free again.
        var flushed = http.Response.BodyWriter.WriteAsync(bytes.Slice((int)part.Start, (int)part.Length));
        return flushed.IsCompletedSuccessfully ? Task.CompletedTask : flushed.AsTask();
    }

    private static async Task AnswerLargeAsync(Exchange exchange, BlobReader reader, OpenFile file)
    {
        var http = exchange.Http;
        using var open = file;
        if (!reader.MayWait) await Task.Yield();
        if (Begin(http, StoredBlob.Of(file)) is not { } part) return;
        var writer = http.Response.BodyWriter;
        var (offset, end) = (part.Start, part.Start + part.Length);
        while (offset < end)
        {
            var wanted = (int)Math.Min(PieceBytes, end - offset);
            if (!TryRead(file, writer.GetSpan(wanted)[..wanted], offset, reader.MayWait, out var count))
            {
                await Task.Yield(); // from the event loop, which saw that there is room to send, to where it may wait
                continue;
            }

            if (count == 0) throw new StorageException("pread", Errno.Invalid); // somebody cut the file short
            writer.Advance(count);
            offset += count;
            exchange.SentBytes += count;
            if ((await writer.FlushAsync()).IsCompleted) return;
        }
    }

    private static bool TryRead(OpenFile file, Span<byte> buffer, long offset, bool mayWait, out int count)
    {
        if (!mayWait) return file.TryReadCachedAt(buffer, offset, out count);
        count = file.ReadAt(buffer, offset);
        return true;
    }

    /// <summary>Status and headers; what of the body is to be sent, null when nothing is.</summary>
    private static ByteRange? Begin(HttpContext http, StoredBlob blob)
    {
        var response = http.Response;
        var headers = response.Headers;
        headers.ETag = blob.ETag;
        headers.LastModified = HeaderUtilities.FormatDate(blob.LastModified);
        headers.AcceptRanges = "bytes";
        headers["Tag"] = blob.Tag;
        if (Preconditions.IsNotModified(http.Request.Headers, blob))
        {
            response.StatusCode = 304;
            return null;
        }

        var isHead = HttpMethods.IsHead(http.Request.Method);
        var isWhole = isHead || !Preconditions.AllowRange(http.Request.Headers, blob);
        var wanted = isWhole ? null : http.Request.Headers.Range.ToString();
        var range = ByteRange.Parse(string.IsNullOrEmpty(wanted) ? null : wanted, blob.SizeBytes);
        switch (range.Kind)
        {
            case ByteRangeKind.NotSatisfiable:
                response.StatusCode = 416;
                headers.ContentRange = $"bytes */{blob.SizeBytes}";
                response.ContentLength = 0;
                return null;
            case ByteRangeKind.Part:
                response.StatusCode = 206;
                headers.ContentRange = $"bytes {range.Start}-{range.Start + range.Length - 1}/{blob.SizeBytes}";
                break;
        }

        headers.ContentType = "application/octet-stream";
        response.ContentLength = range.Length;
        return isHead ? null : range;
    }
}
