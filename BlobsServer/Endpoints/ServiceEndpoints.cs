using BlobsServer.Hosting;

namespace BlobsServer.Endpoints;

/// <summary>What concerns no blob: the empty root, and the health that proxies and supervisors ask for.</summary>
internal static class ServiceEndpoints
{
    private const string Reading = "GET, HEAD";

    public static Task Root(HttpContext http) => IsReading(http) ? Empty(http) : Problem.MethodNotAllowedAsync(http, Reading);

    /// <summary>The process answers.</summary>
    public static Task Live(HttpContext http) => IsReading(http) ? Empty(http) : Problem.MethodNotAllowedAsync(http, Reading);

    /// <summary>New requests are welcome.</summary>
    public static Task Ready(HttpContext http, Readiness readiness)
    {
        if (!IsReading(http)) return Problem.MethodNotAllowedAsync(http, Reading);
        return readiness.IsReady ? Empty(http) : Problem.WriteAsync(http, 503, "The server is stopping.");
    }

    private static bool IsReading(HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);

    private static Task Empty(HttpContext http)
    {
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
