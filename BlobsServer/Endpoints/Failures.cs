using BlobsServer.Linux;
using Microsoft.AspNetCore.Connections;

namespace BlobsServer.Endpoints;

/// <summary>The one place where exceptions become answers. Expected outcomes never come this way.</summary>
internal static class Failures
{
    private const string MayNotLast =
        "The server's disk failed after the change and before it was sure to last; send the request again to be sure.";

    public static Task AnswerAsync(HttpContext http, Exception failure)
    {
        if (failure is ConnectionResetException or ConnectionAbortedException or OperationCanceledException || http.Response.HasStarted)
        {
            // Nobody listens any more, or half an answer is out: closing is the only honest end.
            http.Abort();
            return Task.CompletedTask;
        }

        http.Response.Clear();
        if (failure is BadHttpRequestException bad) return Problem.WriteAsync(http, bad.StatusCode, bad.Message);
        Report(http, failure);
        var (status, title) = failure is StorageException storage ? Map(storage) : (500, "The server failed; its log says why.");
        return Problem.WriteAsync(http, status, title);
    }

    /// <summary>A line on the standard error; of a bug, where it happened.</summary>
    public static void Report(HttpContext http, Exception failure) =>
        Console.Error.WriteLine($"BlobsServer: {http.Request.Method} {http.Request.Path}: {(failure is StorageException ? failure.Message : failure)}");

    /// <summary>The answer to broken or exhausted storage.</summary>
    public static (int Status, string Title) Map(StorageException failure) => failure.IsChangeMade ? (500, MayNotLast) : failure.Errno switch
    {
        Errno.NoSpace or Errno.QuotaExceeded => (507, "The server's disk is full; nothing was stored. Try again when space was made."),
        Errno.TooManyOpenFiles or Errno.TooManyOpenFilesInSystem => (503, "The server has too many files open; try again in a moment."),
        Errno.ReadOnlyFileSystem => (503, "The server's disk is read-only at the moment; nothing was changed."),
        _ => (500, "The server's disk failed; its log says why."),
    };
}
