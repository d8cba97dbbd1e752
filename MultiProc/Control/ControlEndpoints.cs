using System.Text.Json;

namespace MultiProc.Control;

/// <summary>What the control socket answers.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder routes, Supervisor supervisor)
    {
        routes.MapGet("/status", context => SendStatusAsync(context, supervisor));
        routes.MapGet("/metrics", context => SendMetricsAsync(context, supervisor));
        routes.MapPost("/scale", context => ScaleAsync(context, supervisor));
        routes.MapPost("/restart", context => ChangeAsync(context, supervisor, new ChangeRequest.Restart()));
        routes.MapPost("/stop", context => StopAsync(context, supervisor));
    }

    private static async Task SendStatusAsync(HttpContext context, Supervisor supervisor)
    {
        var report = await StatusReport.CollectAsync(supervisor, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(
            report, ControlJson.Default.StatusReport, cancellationToken: context.RequestAborted);
    }

    private static async Task SendMetricsAsync(HttpContext context, Supervisor supervisor)
    {
        var report = await StatusReport.CollectAsync(supervisor, context.RequestAborted);
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await context.Response.WriteAsync(Metrics.Format(report), context.RequestAborted);
    }

    private static async Task ScaleAsync(HttpContext context, Supervisor supervisor)
    {
        ScaleBody? body = null;
        try
        {
            body = await JsonSerializer.DeserializeAsync(
                context.Request.Body, ControlJson.Default.ScaleBody, context.RequestAborted);
        }
        catch (JsonException)
        {
            // Answered below.
        }

        if (body is null) await SendProblemAsync(context, StatusCodes.Status400BadRequest, "send a body such as {\"procs\":4}");
        else await ChangeAsync(context, supervisor, new ChangeRequest.Scale(body.Procs));
    }

    /// <summary>Answers when the change is made, or why it was not. Whoever asked may go away; the change goes on.</summary>
    private static async Task ChangeAsync(HttpContext context, Supervisor supervisor, ChangeRequest request)
    {
        if (await supervisor.RequestAsync(request).WaitAsync(context.RequestAborted) is { } problem)
            await SendProblemAsync(context, StatusCodes.Status409Conflict, problem);
    }

    /// <summary>Accepts only: whoever asked sees that it is done when the supervisor is gone.</summary>
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

    private static Task SendProblemAsync(HttpContext context, int status, string title)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new ProblemBody(title, status), ControlJson.Default.ProblemBody, "application/problem+json", context.RequestAborted);
    }
}
