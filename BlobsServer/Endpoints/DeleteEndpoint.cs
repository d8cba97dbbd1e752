using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>DELETE /blobs/{user}/{id}.</summary>
internal static class DeleteEndpoint
{
    public static async Task HandleAsync(HttpContext http, BlobDeletion deletion, BlobName name, bool isAppendOnly)
    {
        if (isAppendOnly)
        {
            await Problem.WriteAsync(http, 403, "This server only takes blobs; it deletes none (--append-only).");
            return;
        }

        var ifMatch = http.Request.Headers.IfMatch;
        Func<StoredBlob, bool>? isWanted = ifMatch.Count == 0 ? null : blob => Preconditions.MatchesStrongly(ifMatch, blob.ETag);
        switch (await deletion.DeleteAsync(name, isWanted))
        {
            case DeleteOutcome.Deleted:
                http.Response.ContentLength = 0;
                break;
            case DeleteOutcome.NotMatched:
                await Problem.WriteAsync(
                    http, 412, "The blob is another than the one that If-Match names; it was not deleted.", ("part", "If-Match"));
                break;
            default:
                await Problem.NotFoundAsync(http);
                break;
        }
    }
}
