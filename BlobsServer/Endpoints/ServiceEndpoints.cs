using BlobsServer.Observation;

namespace BlobsServer.Endpoints;

/// <summary>What concerns no blob: the empty root, and what proxies, supervisors and Prometheus ask for.</summary>
internal static class ServiceEndpoints
{
    private const string Reading = "GET, HEAD";

    public static Task Root(HttpContext http) => IsReading(http) ? Empty(http) : Problem.MethodNotAllowedAsync(http, Reading);

    /// <summary>The process answers.</summary>
    public static Task Live(HttpContext http) => IsReading(http) ? Empty(http) : Problem.MethodNotAllowedAsync(http, Reading);

    /// <summary>New requests are welcome.</summary>
    public static async Task ReadyAsync(HttpContext http, Readiness readiness)
    {
        if (!IsReading(http)) await Problem.MethodNotAllowedAsync(http, Reading);
        else if (await readiness.WhyNotAsync() is { } reason) await Problem.WriteAsync(http, 503, reason);
        else await Empty(http);
    }

    public static async Task MetricsAsync(HttpContext http, Metrics metrics)
    {
        if (!IsReading(http))
        {
            await Problem.MethodNotAllowedAsync(http, Reading);
            return;
        }

        var text = PrometheusText.Write(metrics);
        http.Response.ContentType = PrometheusText.ContentType;
        http.Response.ContentLength = text.Length;
        await http.Response.BodyWriter.WriteAsync(text);
    }

    private static bool IsReading(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);

    private static Task Empty(HttpContext http)
    {
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
