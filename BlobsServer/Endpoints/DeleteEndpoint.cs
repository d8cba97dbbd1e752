using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>DELETE /blobs/{user}/{id}.</summary>
internal static class DeleteEndpoint
{
    public static async Task HandleAsync(HttpContext http, IBlobStore store, BlobName name, bool isAppendOnly)
    {
        if (isAppendOnly)
        {
            await Problem.WriteAsync(http, 403, "This server only takes blobs; it deletes none (--append-only).");
            return;
        }

        switch (await store.DeleteAsync(name, Preconditions.Parse(http.Request.Headers.IfMatch), http.RequestAborted))
        {
            case DeleteOutcome.Deleted:
                http.Response.ContentLength = 0;
                break;
            case DeleteOutcome.NotMatched:
                await Preconditions.RefuseAsync(
                    http, "The blob is another than the one that If-Match names; it was not deleted.");
                break;
            default:
                await Problem.NotFoundAsync(http);
                break;
        }
    }
}
