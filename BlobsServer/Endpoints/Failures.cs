using BlobsServer.Storage;
using Microsoft.AspNetCore.Connections;

namespace BlobsServer.Endpoints;

/// <summary>The one place where exceptions become answers. Expected outcomes never come this way.</summary>
internal static class Failures
{
    private const string RetryAfterSeconds = "1";

    public static Task AnswerAsync(HttpContext http, Exception failure)
    {
        var isGone = failure is ConnectionResetException or ConnectionAbortedException or OperationCanceledException;
        if (isGone || http.Response.HasStarted)
        {
            // Nobody listens any more, or half an answer is out: closing is the only honest end.
            if (!isGone) Report(http, failure);
            http.Abort();
            return Task.CompletedTask;
        }

        http.Response.Clear();
        if (failure is BadHttpRequestException bad) return Problem.WriteAsync(http, bad.StatusCode, bad.Message);
        Report(http, failure);
        if (failure is StoreException store) return AnswerAsync(http, store);
        return Problem.WriteAsync(http, 500, "The server failed; its log says why.");
    }

    /// <summary>
    /// The answer to broken or exhausted storage; what may pass soon says when to come back (RFC 9110, 10.2.3).
    /// </summary>
    public static Task AnswerAsync(HttpContext http, StoreException failure, params (string Name, object? Value)[] members)
    {
        var (status, title) = Map(failure);
        if (status == 503) http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Problem.WriteAsync(http, status, title, members);
    }

    /// <summary>A line on the standard error; of a bug, where it happened.</summary>
    public static void Report(HttpContext http, Exception failure)
    {
        var what = failure is StoreException ? failure.Message : failure.ToString();
        Console.Error.WriteLine($"BlobsServer: {http.Request.Method} {http.Request.Path}: {what}");
    }

    private static (int Status, string Title) Map(StoreException failure) => failure.Failure switch
    {
        StoreFailure.Uncertain =>
            (500, "The server's storage failed after the change and before it was sure to last; send the request again to be sure."),
        StoreFailure.Lost =>
            (503, "The server's storage did not answer; whether it did what was asked is not known. Send the request again to be sure."),
        StoreFailure.Full => (507, "The server's storage is full; nothing was stored. Try again when space was made."),
        StoreFailure.Busy => (503, "The server or its storage has too much open at once; try again in a moment."),
        StoreFailure.ReadOnly => (503, "The server's storage is read-only at the moment; nothing was changed."),
        StoreFailure.Unavailable => (503, "The server's storage does not answer; nothing was changed. Try again later."),
        _ => (500, "The server's storage failed; its log says why."),
    };
}
