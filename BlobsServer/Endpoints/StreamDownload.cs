using System.IO.Pipelines;
using System.Text;
using BlobsServer.Linux;
using BlobsServer.Observation;
using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>
/// POST /stream/{user}?direction=download with a JSON array of ids: for each its size as 8 hex digits, its Tag, one space
/// and its bytes. The array is read anew for each pass over it (is it well-formed, is everything there, send): a million
/// ids are kept as text only.
/// </summary>
internal static class StreamDownload
{
    private const int SizeDigits = 8;
    private const int PieceBytes = 64 * 1024;

    public static async Task HandleAsync(Exchange exchange, BlobReader reader, string user, string blobNamespace)
    {
        var http = exchange.Http;
        var work = new LongWork();
        if (await StreamBody.ReadAllAsync(http.Request.BodyReader) is not { } json)
        {
            await Problem.WriteAsync(
                http, 413, $"The list of ids is too long; {StreamBody.MaxJsonBytes} bytes are taken.", ("part", "body"));
            return;
        }

        await Task.Yield(); // many files are looked up
        if (await RefuseAsync(http, json, work)) return;
        if (await FindTotalAsync(http, reader, user, blobNamespace, json, work) is not { } totalBytes) return;
        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = totalBytes;
        await http.Response.StartAsync();
        var leftBytes = totalBytes;
        var elements = new JsonElements(json);
        while (elements.NextId(out var id) == JsonNext.Element)
        {
            using var file = reader.Open(new BlobName(user, blobNamespace, id));
            var sizeBytes = file?.Status().SizeBytes;
            // Deleted, or even stored anew, since we looked: the framing is out already, so the connection has to go.
            if (sizeBytes is null || (leftBytes -= FramedBytes(sizeBytes.Value)) < 0) throw HasChanged();
            if (!await SendAsync(http.Response.BodyWriter, file!, sizeBytes.Value)) return;
            exchange.SentBytes += sizeBytes.Value;
            await work.StepAsync();
        }

        if (leftBytes > 0) throw HasChanged();
        await http.Response.BodyWriter.FlushAsync();
    }

    /// <summary>Whether the array was none of ids, and the request is answered.</summary>
    private static async Task<bool> RefuseAsync(HttpContext http, byte[] json, LongWork work)
    {
        string? noName = null;
        var elements = new JsonElements(json);
        JsonNext next;
        while ((next = elements.NextId(out var id)) == JsonNext.Element)
        {
            if (!BlobName.IsName(id)) noName ??= id;
            await work.StepAsync();
        }

        if (next == JsonNext.Invalid)
        {
            await Problem.WriteAsync(
                http, 400, "The body is not a JSON array of ids such as [\"id-1\", \"id-2\"].", ("part", "body"));
        }
        else if (noName is not null)
        {
            await Names.RefuseAsync(http, "id", noName);
        }

        return next == JsonNext.Invalid || noName is not null;
    }

    /// <summary>
    /// How long the answer will be: everything is known to be there before the first byte goes out. Null when the request was
    /// answered already.
    /// </summary>
    private static async Task<long?> FindTotalAsync(
        HttpContext http, BlobReader reader, string user, string blobNamespace, byte[] json, LongWork work)
    {
        var totalBytes = 0L;
        var elements = new JsonElements(json);
        while (elements.NextId(out var id) == JsonNext.Element)
        {
            if (reader.FindSize(new BlobName(user, blobNamespace, id)) is not { } sizeBytes)
            {
                await Problem.WriteAsync(http, 404, $"There is no blob '{id}'; nothing was sent.", ("id", id));
                return null;
            }

            if (sizeBytes > uint.MaxValue)
            {
                await Problem.WriteAsync(
                    http, 400, $"The blob '{id}' is too large for 8 digits; get it on its own.", ("id", id));
                return null;
            }

            totalBytes += FramedBytes(sizeBytes);
            await work.StepAsync();
        }

        return totalBytes;
    }

    private static async Task<bool> SendAsync(PipeWriter writer, OpenFile file, long sizeBytes)
    {
        var blob = StoredBlob.Of(file);
        Encoding.ASCII.GetBytes($"{sizeBytes:x8}{blob.Tag} ", writer);
        for (var offset = 0L; offset < sizeBytes;)
        {
            var wanted = (int)Math.Min(PieceBytes, sizeBytes - offset);
            var count = file.ReadAt(writer.GetSpan(wanted)[..wanted], offset);
            if (count < wanted) throw new StorageException("reading a blob that was cut short", Errno.Invalid);
            writer.Advance(count);
            offset += count;
            if (writer.UnflushedBytes >= PieceBytes && (await writer.FlushAsync()).IsCompleted) return false;
        }

        return writer.UnflushedBytes < PieceBytes || !(await writer.FlushAsync()).IsCompleted;
    }

    private static StorageException HasChanged() => new("sending a blob that has gone or changed", Errno.NoEntry);

    private static long FramedBytes(long sizeBytes) =>
        SizeDigits + (((int)Math.Min(StoredBlob.TagBytes, sizeBytes) + 2) / 3 * 4) + 1 + sizeBytes;
}
