using System.Text;
using BlobsServer.Observation;
using BlobsServer.Storage;
using Transport;

namespace BlobsServer.Endpoints;

/// <summary>
/// POST /stream/{user}?direction=download with a JSON array of ids: for each its size as 8 hex digits, its Tag, one space
/// and its bytes. The array is read anew for each pass over it (is it well-formed, is everything there, send): a million
/// ids are kept as text only.
/// </summary>
internal static class StreamDownload
{
    private const int SizeDigits = 8;

    public static async Task HandleAsync(Exchange exchange, IBlobStore store, string user, string blobNamespace)
    {
        var http = exchange.Http;
        var work = new LongWork();
        if (await StreamBody.ReadAllAsync(http.Request.BodyReader) is not { } json)
        {
            await Problem.WriteAsync(
                http, 413, $"The list of ids is too long; {StreamBody.MaxJsonBytes} bytes are taken.", ("part", "body"));
            return;
        }

        if (await RefuseAsync(http, json, work)) return;
        if (await FindTotalAsync(http, store, user, blobNamespace, json, work) is not { } totalBytes) return;
        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = totalBytes;
        await http.Response.StartAsync();
        var leftBytes = totalBytes;
        var elements = new JsonElements(json);
        while (elements.NextId(out var id) == JsonNext.Element)
        {
            await using var blob = await store.OpenAsync(new BlobName(user, blobNamespace, id), http.RequestAborted);
            // Deleted, or even stored anew, since we looked: the framing is out already, so the connection has to go.
            if (blob is null || (leftBytes -= FramedBytes(blob.Info.SizeBytes)) < 0) throw HasChanged(id);
            if (!await SendAsync(http, blob)) return;
            exchange.SentBytes += blob.Info.SizeBytes;
            await work.StepAsync();
        }

        if (leftBytes > 0) throw HasChanged("what was asked for");
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
        HttpContext http, IBlobStore store, string user, string blobNamespace, byte[] json, LongWork work)
    {
        var totalBytes = 0L;
        var elements = new JsonElements(json);
        while (elements.NextId(out var id) == JsonNext.Element)
        {
            if (await FindSizeAsync(http, store, new BlobName(user, blobNamespace, id)) is not { } sizeBytes)
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

    private static async ValueTask<long?> FindSizeAsync(HttpContext http, IBlobStore store, BlobName name)
    {
        await using var blob = await store.OpenAsync(name, http.RequestAborted);
        return blob?.Info.SizeBytes;
    }

    /// <summary>False when the client has gone.</summary>
    private static async ValueTask<bool> SendAsync(HttpContext http, IOpenBlob blob)
    {
        var (writer, sizeBytes) = (http.Response.BodyWriter, blob.Info.SizeBytes);
        Encoding.ASCII.GetBytes($"{sizeBytes:x8}{blob.Info.Tag} ", writer);
        return await blob.CopyToAsync(writer, 0, sizeBytes, http.RequestAborted) == sizeBytes;
    }

    private static StoreException HasChanged(string what) =>
        new(StoreFailure.Broken, $"{what} has gone or changed while it was being sent");

    private static long FramedBytes(long sizeBytes) => SizeDigits + BlobTag.LengthOf(sizeBytes) + 1 + sizeBytes;
}
