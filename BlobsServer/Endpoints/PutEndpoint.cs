using BlobsServer.Observation;
using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>PUT /blobs/{user}/{id}: stores the body, unless the name is taken.</summary>
internal static class PutEndpoint
{
    public static async Task HandleAsync(Exchange exchange, IBlobStore store, BlobName name)
    {
        var http = exchange.Http;
        var (digests, badHeader) = DigestHeaders.Parse(http.Request.Headers);
        if (badHeader is not null)
        {
            await Problem.WriteAsync(
                http, 400, $"The header {badHeader} can't be understood; nothing was stored.", ("part", badHeader));
        }
        else if (http.Request.Headers.ContentRange.Count > 0)
        {
            // RFC 9110, 14.5: a part must not be stored as the whole.
            await Problem.WriteAsync(
                http, 400, "A blob is stored as a whole: send all of it, without Content-Range.", ("part", "Content-Range"));
        }
        else if (Preconditions.Parse(http.Request.Headers.IfMatch) is { } ifMatch)
        {
            await RefuseAsync(http, store, name, ifMatch);
        }
        else
        {
            await StoreAsync(exchange, store, name, digests);
        }
    }

    private static async Task StoreAsync(Exchange exchange, IBlobStore store, BlobName name, ExpectedDigest[] digests)
    {
        var http = exchange.Http;
        var request = new PutRequest
        {
            Name = name,
            Body = http.Request.BodyReader,
            AnnouncedBytes = http.Request.ContentLength,
            IsAwaitingContinue = http.Request.Headers.Expect.Count > 0,
            Digests = digests,
        };
        var result = await store.PutAsync(request, http.RequestAborted);
        if (result.Outcome != PutOutcome.Stored)
        {
            await PutProblem.WriteAsync(http, store, result);
            return;
        }

        exchange.ReceivedBytes = result.Blob!.SizeBytes;
        http.Response.Headers.ETag = result.Blob.ETag;
        http.Response.ContentLength = 0;
    }

    /// <summary>If-Match asks to replace what is there, and blobs never change: it ends in 409 at best.</summary>
    private static async Task RefuseAsync(HttpContext http, IBlobStore store, BlobName name, EntityTags ifMatch)
    {
        var stored = await store.FindAsync(name, http.RequestAborted);
        if (stored is not null && ifMatch.Match(stored.ETag))
            await PutProblem.WriteAsync(http, store, new(PutOutcome.Exists, stored));
        else await Preconditions.RefuseAsync(http, "What If-Match names is not stored here; nothing was changed.");
    }
}
