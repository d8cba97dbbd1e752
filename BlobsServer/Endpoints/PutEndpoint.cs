using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>PUT /blobs/{user}/{id}: stores the body, unless the name is taken.</summary>
internal static class PutEndpoint
{
    public static async Task HandleAsync(HttpContext http, BlobWriter writer, BlobName name)
    {
        var request = http.Request;
        var isAwaitingContinue = request.Headers.Expect.Count > 0;
        var result = await writer.PutAsync(name, request.BodyReader, request.ContentLength, isAwaitingContinue);
        switch (result.Outcome)
        {
            case PutOutcome.Stored:
                http.Response.Headers.ETag = result.Blob!.ETag;
                http.Response.ContentLength = 0;
                break;
            case PutOutcome.Exists:
                await AnswerExistsAsync(http, result.Blob);
                break;
            case PutOutcome.TooLarge:
                await Problem.WriteAsync(http, 413, $"The blob is too large; this server takes up to {writer.MaxBlobBytes} bytes.", ("limit", writer.MaxBlobBytes));
                break;
            default:
                await Problem.WriteAsync(http, 400, "The body ended before the length that was announced; nothing was stored.", ("part", "body"));
                break;
        }
    }

    private static Task AnswerExistsAsync(HttpContext http, StoredBlob? stored)
    {
        const string Title = "A blob with this id is stored already; blobs never change, so choose another id.";
        if (stored is null) return Problem.WriteAsync(http, 409, Title);
        http.Response.Headers.ETag = stored.ETag;
        return Problem.WriteAsync(http, 409, Title, ("etag", stored.ETag), ("contentLength", stored.SizeBytes), ("tag", stored.Tag));
    }
}
