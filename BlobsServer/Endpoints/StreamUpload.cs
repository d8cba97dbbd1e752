using BlobsServer.Observation;
using BlobsServer.Storage;
using Transport;

namespace BlobsServer.Endpoints;

/// <summary>
/// POST /stream/{user}?direction=upload with [["id", size], ...], a newline and the bytes in that order. Each blob is
/// stored as by a PUT of its own, or not at all; after a failure the answer says which were stored. The line is read anew
/// for each pass over it (is it well-formed, is anything known to fail, store): half a million ids are kept as text only.
/// </summary>
internal static class StreamUpload
{
    public static async Task HandleAsync(Exchange exchange, IBlobStore store, string user, string blobNamespace)
    {
        var http = exchange.Http;
        var work = new LongWork();
        var line = await StreamBody.ReadLineAsync(http.Request.BodyReader);
        if (line is null || await CountAsync(line, work) is not { } blobs)
        {
            await Problem.WriteAsync(
                http, 400, "The body does not start with a line such as [[\"id-1\", 10], [\"id-2\", 20]].", Nothing("body"));
            return;
        }

        if (await RefuseAsync(http, store, user, blobNamespace, line, blobs, work)) return;
        var elements = new JsonElements(line);
        for (var stored = 0; elements.NextSize(out var id, out var sizeBytes) == JsonNext.Element; stored++)
        {
            if (!await StoreAsync(http, store, new BlobName(user, blobNamespace, id), sizeBytes, line, stored)) return;
            exchange.ReceivedBytes += sizeBytes;
            await work.StepAsync();
        }

        var rest = await http.Request.BodyReader.ReadAsync();
        http.Request.BodyReader.AdvanceTo(rest.Buffer.End);
        if (rest.Buffer.IsEmpty) http.Response.ContentLength = 0;
        else await Problem.WriteAsync(http, 400, "The body goes on after the last blob.", ("stored", Ids(line)), ("part", "body"));
    }

    /// <summary>How many blobs are announced; null when the line is not well-formed.</summary>
    private static async Task<int?> CountAsync(byte[] line, LongWork work)
    {
        var elements = new JsonElements(line);
        JsonNext next;
        var blobs = 0;
        for (; (next = elements.NextSize(out _, out _)) == JsonNext.Element; blobs++) await work.StepAsync();
        return next == JsonNext.End ? blobs : null;
    }

    /// <summary>What is known to fail fails before anything is stored.</summary>
    private static async Task<bool> RefuseAsync(
        HttpContext http, IBlobStore store, string user, string blobNamespace, byte[] line, int blobs, LongWork work)
    {
        var seen = new ListedIds(blobs, line.Length);
        var totalBytes = (Int128)line.Length + 1;
        var elements = new JsonElements(line);
        while (elements.NextSize(out var id, out var sizeBytes) == JsonNext.Element)
        {
            totalBytes += sizeBytes;
            await work.StepAsync();
            if (!BlobName.IsName(id)) await Names.RefuseAsync(http, "id", id);
            else if (!seen.TryAdd(id)) await Problem.WriteAsync(http, 400, $"The id '{id}' is listed twice.", Nothing("id"));
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

    /// <param name="http">Where a failure is answered.</param>
    /// <param name="store">Where the blob is put.</param>
    /// <param name="name">The blob's.</param>
    /// <param name="sizeBytes">So much of the body.</param>
    /// <param name="line">All that was announced.</param>
    /// <param name="stored">How many of that are there already.</param>
    private static async Task<bool> StoreAsync(
        HttpContext http, IBlobStore store, BlobName name, long sizeBytes, byte[] line, int stored)
    {
        try
        {
            var result = await store.PutAsync(
                new PutRequest { Name = name, Body = http.Request.BodyReader, AnnouncedBytes = sizeBytes },
                http.RequestAborted);
            if (result.Outcome == PutOutcome.Stored) return true;
            await PutProblem.WriteAsync(http, store, result, ("id", name.Id), ("stored", Ids(line).Take(stored)));
        }
        catch (StoreException failure)
        {
            Failures.Report(http, failure);
            await Failures.AnswerAsync(http, failure, ("id", name.Id), ("stored", Ids(line).Take(stored)));
        }

        return false;
    }

    private static Task StopAsync(HttpContext http, IBlobStore store, string id, PutResult result) =>
        PutProblem.WriteAsync(http, store, result, ("id", id), ("stored", Array.Empty<string>()));

    private static IEnumerable<string> Ids(byte[] line)
    {
        var elements = new JsonElements(line);
        while (elements.NextSize(out var id, out _) == JsonNext.Element) yield return id;
    }

    private static (string Name, object? Value)[] Nothing(string part) => [("part", part), ("stored", Array.Empty<string>())];
}
