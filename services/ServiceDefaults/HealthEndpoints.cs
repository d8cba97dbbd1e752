namespace ServiceDefaults;

/// <summary>What proxies and supervisors ask for.</summary>
internal static class HealthEndpoints
{
    // A probe waits for its answer no longer; later is as bad as never.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static void MapHealth(this IEndpointRouteBuilder routes, IServiceStore store)
    {
        routes.MapGet("/health/live", Live);
        routes.MapGet("/health/ready", http => ReadyAsync(http, store));
    }

    private static Task Live(HttpContext http)
    {
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    /// <summary>Ready: my store answers.</summary>
    private static async Task ReadyAsync(HttpContext http, IServiceStore store)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        deadline.CancelAfter(Patience);
        try
        {
            await store.PingAsync(deadline.Token);
            http.Response.ContentLength = 0;
        }
        catch (Exception failure) when (Failures.IsOfStore(failure))
        {
            await Problem.WriteAsync(
                http, StatusCodes.Status503ServiceUnavailable, $"The store does not serve: {failure.Message}.");
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            await Problem.WriteAsync(
                http, StatusCodes.Status503ServiceUnavailable, $"The store did not answer within {Patience.TotalSeconds:0} s.");
        }
    }
}
