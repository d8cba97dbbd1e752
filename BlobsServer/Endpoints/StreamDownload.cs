using System.Text;
using BlobsServer.Observation;
using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>
/// POST /stream/{user}?direction=download with a JSON array of ids: for each its size as 8 hex digits, its Tag, one space
/// and its bytes.
/// </summary>
internal static class StreamDownload
{
    private const int SizeDigits = 8;

    public static async Task HandleAsync(Exchange exchange, IBlobStore store, string user, string blobNamespace)
    {
        var http = exchange.Http;
        await Task.Yield(); // many files are looked up
        if (await StreamBody.ReadAllAsync(http.Request.BodyReader) is not { } json)
        {
            await Problem.WriteAsync(
                http, 413, $"The list of ids is too long; {StreamBody.MaxJsonBytes} bytes are taken.", ("part", "body"));
            return;
        }

        if (StreamBody.ParseIds(json) is not { } ids)
        {
            await Problem.WriteAsync(
                http, 400, "The body is not a JSON array of ids such as [\"id-1\", \"id-2\"].", ("part", "body"));
            return;
        }

        if (Array.Find(ids, id => !BlobName.IsName(id)) is { } noName)
        {
            await Names.RefuseAsync(http, "id", noName);
            return;
        }

        if (await FindSizesAsync(http, store, user, blobNamespace, ids) is not { } sizes) return;
        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = sizes.Sum(size => SizeDigits + BlobTag.LengthOf(size) + 1 + size);
        await http.Response.StartAsync();
        for (var index = 0; index < ids.Length; index++)
        {
            if (!await SendAsync(http, store, new BlobName(user, blobNamespace, ids[index]), sizes[index]))
            {
                return;
            }
            exchange.SentBytes += sizes[index];
        }

        await http.Response.BodyWriter.FlushAsync();
    }

    /// <summary>
    /// Everything is known to be there before the first byte goes out; null when the request was answered already.
    /// </summary>
    private static async Task<long[]?> FindSizesAsync(
        HttpContext http, IBlobStore store, string user, string blobNamespace, string[] ids)
    {
        var sizes = new long[ids.Length];
        for (var index = 0; index < ids.Length; index++)
        {
            if (await FindSizeAsync(http, store, new BlobName(user, blobNamespace, ids[index])) is not { } size)
            {
                await Problem.WriteAsync(http, 404, $"There is no blob '{ids[index]}'; nothing was sent.", ("id", ids[index]));
                return null;
            }

            if (size > uint.MaxValue)
            {
                await Problem.WriteAsync(
                    http, 400, $"The blob '{ids[index]}' is too large for 8 digits; get it on its own.", ("id", ids[index]));
                return null;
            }

            sizes[index] = size;
        }

        return sizes;
    }

    private static async ValueTask<long?> FindSizeAsync(HttpContext http, IBlobStore store, BlobName name)
    {
        await using var blob = await store.OpenAsync(name, http.RequestAborted);
        return blob?.Info.SizeBytes;
    }

    /// <summary>False when the client has gone.</summary>
    private static async ValueTask<bool> SendAsync(HttpContext http, IBlobStore store, BlobName name, long sizeBytes)
    {
        await using var blob = await store.OpenAsync(name, http.RequestAborted);
        // Deleted, or even stored anew, since we looked: the framing is out already, so the connection has to go.
        if (blob is null || blob.Info.SizeBytes != sizeBytes)
        {
            throw new StoreException(StoreFailure.Broken, $"{name.Id} has gone while it was being sent");
        }

        var writer = http.Response.BodyWriter;
        Encoding.ASCII.GetBytes($"{sizeBytes:x8}{blob.Info.Tag} ", writer);
        return await blob.CopyToAsync(writer, 0, sizeBytes, http.RequestAborted) == sizeBytes;
    }
}
