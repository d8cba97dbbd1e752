using BlobsServer.Storage;
using Microsoft.AspNetCore.Connections;

namespace BlobsServer.Endpoints;

/// <summary>The one place where exceptions become answers. Expected outcomes never come this way.</summary>
internal static class Failures
{
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
        var (status, title) = failure is StoreException store ? Map(store) : (500, "The server failed; its log says why.");
        return Problem.WriteAsync(http, status, title);
    }

    /// <summary>A line on the standard error; of a bug, where it happened.</summary>
    public static void Report(HttpContext http, Exception failure)
    {
        var what = failure is StoreException ? failure.Message : failure.ToString();
        Console.Error.WriteLine($"BlobsServer: {http.Request.Method} {http.Request.Path}: {what}");
    }

    /// <summary>The answer to broken or exhausted storage.</summary>
    public static (int Status, string Title) Map(StoreException failure) => failure.Failure switch
    {
        StoreFailure.Uncertain =>
            (500, "The server's storage failed after the change and before it was sure to last; send the request again to be sure."),
        StoreFailure.Full => (507, "The server's storage is full; nothing was stored. Try again when space was made."),
        StoreFailure.Busy => (503, "The server has too many files open; try again in a moment."),
        StoreFailure.ReadOnly => (503, "The server's storage is read-only at the moment; nothing was changed."),
        StoreFailure.Unavailable => (503, "The server's storage does not answer; nothing was changed. Try again later."),
        _ => (500, "The server's storage failed; its log says why."),
    };
}
