using BlobsServer.Observation;
using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>
/// POST /stream/{user}?direction=upload with [["id", size], ...], a newline and the bytes in that order. Each blob is
/// stored as by a PUT of its own, or not at all; after a failure the answer says which were stored.
/// </summary>
internal static class StreamUpload
{
    public static async Task HandleAsync(Exchange exchange, IBlobStore store, string user, string blobNamespace)
    {
        var http = exchange.Http;
        var line = await StreamBody.ReadLineAsync(http.Request.BodyReader);
        var sizes = line is null ? null : StreamBody.ParseSizes(line);
        if (sizes is null)
        {
            await Problem.WriteAsync(
                http, 400, "The body does not start with a line such as [[\"id-1\", 10], [\"id-2\", 20]].", Nothing("body"));
            return;
        }

        if (await RefuseAsync(http, store, user, blobNamespace, sizes, line!.Length + 1)) return;
        var stored = new List<string>();
        foreach (var (id, sizeBytes) in sizes)
        {
            if (!await StoreAsync(http, store, new BlobName(user, blobNamespace, id), sizeBytes, stored)) return;
            stored.Add(id);
            exchange.ReceivedBytes += sizeBytes;
        }

        var rest = await http.Request.BodyReader.ReadAsync();
        http.Request.BodyReader.AdvanceTo(rest.Buffer.End);
        if (rest.Buffer.IsEmpty) http.Response.ContentLength = 0;
        else await Problem.WriteAsync(http, 400, "The body goes on after the last blob.", ("stored", stored), ("part", "body"));
    }

    /// <summary>What is known to fail fails before anything is stored.</summary>
    private static async Task<bool> RefuseAsync(
        HttpContext http, IBlobStore store, string user, string blobNamespace,
        (string Id, long SizeBytes)[] sizes, int lineBytes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var totalBytes = (Int128)lineBytes;
        foreach (var (id, sizeBytes) in sizes)
        {
            totalBytes += sizeBytes;
            if (!BlobName.IsName(id)) await Names.RefuseAsync(http, "id", id);
            else if (!seen.Add(id)) await Problem.WriteAsync(http, 400, $"The id '{id}' is listed twice.", Nothing("id"));
            else if (sizeBytes > store.MaxBlobBytes) await StopAsync(http, store, id, new(PutOutcome.TooLarge));
            else if (await FindAsync(id) is { } blob) await StopAsync(http, store, id, new(PutOutcome.Exists, blob));
            else continue;
            return true;
        }

        if (http.Request.ContentLength is not { } announced || announced == totalBytes) return false;
        await Problem.WriteAsync(
            http, 400, $"The body has {announced} bytes, but its first line announces {totalBytes}.", Nothing("body"));
        return true;

        ValueTask<StoredBlob?> FindAsync(string id) =>
            store.FindAsync(new BlobName(user, blobNamespace, id), http.RequestAborted);
    }

    private static async Task<bool> StoreAsync(
        HttpContext http, IBlobStore store, BlobName name, long sizeBytes, List<string> stored)
    {
        try
        {
            var result = await store.PutAsync(
                new PutRequest { Name = name, Body = http.Request.BodyReader, AnnouncedBytes = sizeBytes },
                http.RequestAborted);
            if (result.Outcome == PutOutcome.Stored) return true;
            await PutProblem.WriteAsync(http, store, result, ("id", name.Id), ("stored", stored));
        }
        catch (StoreException failure)
        {
            Failures.Report(http, failure);
            var (status, title) = Failures.Map(failure);
            await Problem.WriteAsync(http, status, title, ("id", name.Id), ("stored", stored));
        }

        return false;
    }

    private static Task StopAsync(HttpContext http, IBlobStore store, string id, PutResult result) =>
        PutProblem.WriteAsync(http, store, result, ("id", id), ("stored", Array.Empty<string>()));

    private static (string Name, object? Value)[] Nothing(string part) => [("part", part), ("stored", new List<string>())];
}
