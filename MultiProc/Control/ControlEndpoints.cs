using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MultiProc.Pooling;
using MultiProc.Supervising;

namespace MultiProc.Control;

/// <summary>What the control socket answers.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder routes, Supervisor supervisor)
    {
        var counting = new WorkerCounting(supervisor.Settings.RequestCounter);
        routes.MapGet("/status", context => SendStatusAsync(context, supervisor, counting));
        routes.MapGet("/metrics", context => SendMetricsAsync(context, supervisor, counting));
        routes.MapPost("/scale", context => ScaleAsync(context, supervisor));
        routes.MapPost("/serve", context => ServeAsync(context, supervisor));
        routes.MapPost("/limit", context => LimitAsync(context, supervisor));
        routes.MapPost("/restart", async context => await ChangeAsync(context, supervisor, new ChangeRequest.Restart()));
        routes.MapPost("/stop", context => StopAsync(context, supervisor));
    }

    private static async Task SendStatusAsync(HttpContext context, Supervisor supervisor, WorkerCounting counting)
    {
        var report = await StatusCollector.CollectAsync(supervisor, counting, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(
            report, ControlJson.Default.StatusReport, cancellationToken: context.RequestAborted);
    }

    private static async Task SendMetricsAsync(HttpContext context, Supervisor supervisor, WorkerCounting counting)
    {
        var report = await StatusCollector.CollectAsync(supervisor, counting, context.RequestAborted);
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await context.Response.WriteAsync(Metrics.Format(report), context.RequestAborted);
    }

    private static async Task ScaleAsync(HttpContext context, Supervisor supervisor)
    {
        if (await ReadAsync(context, ControlJson.Default.ScaleBody, "{\"procs\":4}") is not { } body) return;
        var request = new ChangeRequest.Scale(body.Procs);
        if (!await ChangeAsync(context, supervisor, request)) return;
        await context.Response.WriteAsJsonAsync(
            new DoneBody(request.Note), ControlJson.Default.DoneBody, cancellationToken: context.RequestAborted);
    }

    private static async Task ServeAsync(HttpContext context, Supervisor supervisor)
    {
        if (await ReadAsync(context, ControlJson.Default.ServeBody, "{\"procs\":2}") is not { } body) return;
        var request = new ChangeRequest.Serve(body.Procs);
        if (!await ChangeAsync(context, supervisor, request)) return;
        await context.Response.WriteAsJsonAsync(
            new ServingBody(request.Drawn), ControlJson.Default.ServingBody, cancellationToken: context.RequestAborted);
    }

    private static async Task LimitAsync(HttpContext context, Supervisor supervisor)
    {
        var json = ControlJson.Default.DictionaryStringNullableDouble;
        if (await ReadAsync(context, json, LimitBody.Example, LimitBody.IsRight) is not { } wanted) return;
        if (!await ChangeAsync(context, supervisor, new ChangeRequest.Limit(limits => LimitBody.Apply(wanted, limits)))) return;
        var snapshot = supervisor.Snapshot;
        var inForce = new LimitsInForce(
            (snapshot.Workers is [var first, ..] ? first : null)?.Process.Groups.CpuCores(),
            snapshot.Store?.Groups.CpuCores(),
            snapshot.Proxy?.Groups.CpuCores());
        await context.Response.WriteAsJsonAsync(
            inForce, ControlJson.Default.LimitsInForce, cancellationToken: context.RequestAborted);
    }

    /// <summary>The body; null, and answered, when it is not what is wanted.</summary>
    private static async Task<T?> ReadAsync<T>(
        HttpContext context, JsonTypeInfo<T> type, string example, Func<T, bool>? isRight = null)
        where T : class
    {
        T? body = null;
        try
        {
            body = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
        }
        catch (JsonException)
        {
            // Answered below.
        }

        if (body is not null && isRight?.Invoke(body) != false) return body;
        await SendProblemAsync(context, StatusCodes.Status400BadRequest, $"send a body such as {example}");
        return null;
    }

    /// <summary>
    /// Waits for the change: whether it was made; if not, the answer says why. Whoever asked may go away; the change goes on.
    /// </summary>
    private static async Task<bool> ChangeAsync(HttpContext context, Supervisor supervisor, ChangeRequest request)
    {
        if (await supervisor.RequestAsync(request).WaitAsync(context.RequestAborted) is not { } problem) return true;
        await SendProblemAsync(context, StatusCodes.Status409Conflict, problem);
        return false;
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
