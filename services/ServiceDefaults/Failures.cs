using Microsoft.AspNetCore.Connections;
using Npgsql;
using StoreClients;
using StoreClients.PostgreSql;

namespace ServiceDefaults;

/// <summary>The one place where exceptions become answers. Expected outcomes never come this way.</summary>
internal static class Failures
{
    private const string NotReached = "The store cannot be reached; nothing was done. Try again in a moment.";
    private const string NoAnswer =
        "The store does not answer; whether it did what was asked is not known. Try again in a moment.";

    public static bool IsOfStore(Exception failure) =>
        failure is StoreUnavailableException or StoreErrorException or NpgsqlException;

    public static bool IsStoreUnavailable(Exception failure) => failure switch
    {
        StoreUnavailableException => true,
        NpgsqlException refused => PostgreSqlSource.IsUnavailable(refused),
        _ => false,
    };

    public static Task AnswerAsync(HttpContext http, Exception failure)
    {
        var isGone = failure is ConnectionResetException or ConnectionAbortedException
            || (failure is OperationCanceledException && http.RequestAborted.IsCancellationRequested);
        if (isGone || http.Response.HasStarted)
        {
            // Nobody listens any more, or half an answer is out: closing is the only honest end.
            http.Abort();
            return Task.CompletedTask;
        }

        http.Response.Clear();
        if (failure is BadHttpRequestException bad) return Problem.WriteAsync(http, bad.StatusCode, bad.Message);
        if (IsStoreUnavailable(failure))
        {
            var title = failure is StoreUnavailableException { MayHaveHappened: false } ? NotReached : NoAnswer;
            return Problem.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, title);
        }

        Console.Error.WriteLine($"{http.Request.Method} {http.Request.Path}: {failure}");
        return Problem.WriteAsync(http, StatusCodes.Status500InternalServerError, "The server failed; its log says why.");
    }
}
