namespace MultiProc.Control;

/// <summary>What the control socket answers.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder routes, Supervisor supervisor)
    {
        routes.MapGet("/status", context => SendStatusAsync(context, supervisor));
        routes.MapPost("/stop", context => StopAsync(context, supervisor));
    }

    private static async Task SendStatusAsync(HttpContext context, Supervisor supervisor)
    {
        var report = await StatusReport.CollectAsync(supervisor, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(report, ControlJson.Default.StatusReport, cancellationToken: context.RequestAborted);
    }

    /// <summary>Accepts only: whoever asked sees that it is done when the socket is gone.</summary>
    private static Task StopAsync(HttpContext context, Supervisor supervisor)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.OnCompleted(() =>
        {
            supervisor.RequestStop(new StopRequest(ExitStatus: 0));
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    }
}
