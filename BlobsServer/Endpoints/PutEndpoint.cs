using BlobsServer.Observation;
using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>PUT /blobs/{user}/{id}: stores the body, unless the name is taken.</summary>
internal static class PutEndpoint
{
    public static async Task HandleAsync(Exchange exchange, BlobWriter writer, BlobName name)
    {
        var http = exchange.Http;
        var (digests, badHeader) = DigestHeaders.Parse(http.Request.Headers);
        if (badHeader is not null)
        {
            await Problem.WriteAsync(
                http, 400, $"The header {badHeader} can't be understood; nothing was stored.", ("part", badHeader));
            return;
        }

        try
        {
            var result = await writer.PutAsync(new PutRequest
            {
                Name = name,
                Body = http.Request.BodyReader,
                AnnouncedBytes = http.Request.ContentLength,
                IsAwaitingContinue = http.Request.Headers.Expect.Count > 0,
                Digests = digests,
            });
            if (result.Outcome != PutOutcome.Stored)
            {
                await PutProblem.WriteAsync(http, writer, result);
                return;
            }

            exchange.ReceivedBytes = result.Blob!.SizeBytes;
            http.Response.Headers.ETag = result.Blob.ETag;
            http.Response.ContentLength = 0;
        }
        finally
        {
            foreach (var digest in digests) digest.Dispose();
        }
    }
}
