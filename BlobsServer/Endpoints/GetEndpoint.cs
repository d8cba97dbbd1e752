using BlobsServer.Observation;
using BlobsServer.Storage;
using Microsoft.Net.Http.Headers;

namespace BlobsServer.Endpoints;

/// <summary>GET and HEAD /blobs/{user}/{id}: the bytes, or a range of them.</summary>
internal static class GetEndpoint
{
    public static async Task HandleAsync(Exchange exchange, IBlobStore store, BlobName name)
    {
        var http = exchange.Http;
        await using var blob = await store.OpenAsync(name, http.RequestAborted);
        if (blob is null)
        {
            await Problem.NotFoundAsync(http);
        }
        else if (Preconditions.HasFailed(http.Request.Headers, blob.Info))
        {
            http.Response.Headers.ETag = blob.Info.ETag;
            await Preconditions.RefuseAsync(http, "The blob is another than the one that is meant.");
        }
        else if (Begin(http, blob.Info) is { } part)
        {
            exchange.SentBytes = await blob.CopyToAsync(
                http.Response.BodyWriter, part.Start, part.Length, http.RequestAborted);
        }
    }

    /// <summary>Status and headers; what of the body is to be sent, null when nothing is.</summary>
    private static ByteRange? Begin(HttpContext http, StoredBlob blob)
    {
        var response = http.Response;
        var headers = response.Headers;
        headers.ETag = blob.ETag;
        headers.LastModified = HeaderUtilities.FormatDate(blob.LastModified);
        headers.AcceptRanges = "bytes";
        headers["Tag"] = blob.Tag;
        if (Preconditions.IsNotModified(http.Request.Headers, blob))
        {
            response.StatusCode = 304;
            return null;
        }

        var isHead = HttpMethods.IsHead(http.Request.Method);
        var isWhole = isHead || !Preconditions.AllowRange(http.Request.Headers, blob);
        var wanted = isWhole ? null : http.Request.Headers.Range.ToString();
        var range = ByteRange.Parse(string.IsNullOrEmpty(wanted) ? null : wanted, blob.SizeBytes);
        switch (range.Kind)
        {
            case ByteRangeKind.NotSatisfiable:
                response.StatusCode = 416;
                headers.ContentRange = $"bytes */{blob.SizeBytes}";
                response.ContentLength = 0;
                return null;
            case ByteRangeKind.Part:
                response.StatusCode = 206;
                headers.ContentRange = $"bytes {range.Start}-{range.Start + range.Length - 1}/{blob.SizeBytes}";
                break;
        }

        headers.ContentType = "application/octet-stream";
        response.ContentLength = range.Length;
        return isHead ? null : range;
    }
}
