using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>DELETE /blobs/{user}/{id}.</summary>
internal static class DeleteEndpoint
{
    public static async Task HandleAsync(HttpContext http, BlobDeletion deletion, BlobName name)
    {
        if (await deletion.DeleteAsync(name)) http.Response.ContentLength = 0;
        else await Problem.NotFoundAsync(http);
    }
}
