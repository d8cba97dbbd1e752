namespace BlobsServer.Endpoints;

/// <summary>
/// A request with both Content-Length and Transfer-Encoding may have been smuggled past a proxy that believes the other one
/// (RFC 9112, 6.1 and 6.3). Kestrel believes Transfer-Encoding and renames the other header; here it is refused.
/// </summary>
internal static class BodyFraming
{
    private const string RenamedContentLength = "X-Content-Length";

    public static bool IsAmbiguous(HttpRequest request) =>
        request.Headers.TransferEncoding.Count > 0 && request.Headers.ContainsKey(RenamedContentLength);

    public static Task RefuseAsync(HttpContext http)
    {
        http.Response.Headers.Connection = "close"; // where the body ends is anybody's guess
        return Problem.WriteAsync(
            http, 400, "The request has a Content-Length and a Transfer-Encoding; send one of them.", ("part", "Content-Length"));
    }
}
