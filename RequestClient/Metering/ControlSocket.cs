using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MultiProc.Control;

namespace RequestClient.Metering;

/// <summary>Asks the supervisor, over a unix socket, for its status and for other workers or limits.</summary>
internal sealed class ControlSocket(string path) : IDisposable
{
    /// <summary>A change is answered when it is made, which takes the way in a moment.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http = new(UnixSocketHandler.Of(path))
    {
        BaseAddress = new Uri("http://multiproc"),
        Timeout = Patience,
    };

    /// <summary>The present status.</summary>
    /// <exception cref="RunFailedException">It could not be had; the message says why and what to do.</exception>
    public Task<ControlStatus> ReadAsync(CancellationToken cancellation) => AskAsync("no status", async () =>
    {
        var text = await _http.GetByteArrayAsync(new Uri("/status", UriKind.Relative), cancellation);
        return JsonSerializer.Deserialize(text, ControlJson.Default.ControlStatus)
            ?? throw new JsonException("null is no status");
    }, cancellation);

    /// <summary>Lets the way in send to so many workers, drawn anew; null when it does, otherwise why it does not.</summary>
    /// <exception cref="RunFailedException">There is no supervisor.</exception>
    public Task<string?> ServeAsync(int procs, CancellationToken cancellation) =>
        PostAsync(
            "/serve", JsonSerializer.SerializeToUtf8Bytes(new ServeBody(procs), ControlJson.Default.ServeBody), cancellation);

    /// <summary>
    /// Sets limits by the names that the supervisor has for them; null when they are in force, otherwise why not.
    /// </summary>
    /// <exception cref="RunFailedException">There is no supervisor.</exception>
    public Task<string?> LimitAsync(IReadOnlyDictionary<string, double?> limits, CancellationToken cancellation) => PostAsync(
        "/limit",
        JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, double?>(limits), ControlJson.Default.DictionaryStringNullableDouble),
        cancellation);

    public void Dispose() => _http.Dispose();

    private Task<string?> PostAsync(string resource, byte[] json, CancellationToken cancellation) =>
        AskAsync($"no answer to {resource}", async () =>
        {
            using var content = new ByteArrayContent(json);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var reply = await _http.PostAsync(new Uri(resource, UriKind.Relative), content, cancellation);
            if (reply.IsSuccessStatusCode) return null;
            if (reply.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
                return $"this supervisor knows no {resource}";
            return ReasonIn(await reply.Content.ReadAsStringAsync(cancellation)) ?? $"status {(int)reply.StatusCode}";
        }, cancellation);

    private async Task<T> AskAsync<T>(string failed, Func<Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException
            || (failure is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            var text = $"{failed} from the control socket {path} ({failure.Message}): is MultiProc running with this --control?";
            throw new RunFailedException(text, failure);
        }
    }

    /// <summary>A problem's title, or the first line of any other text.</summary>
    private static string? ReasonIn(string text)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, ControlJson.Default.ProblemBody)?.Title is { } title) return title;
        }
        catch (JsonException)
        {
            // Not a problem document, then.
        }

        return text.Split('\n')[0].Trim() is { Length: > 0 } line ? line : null;
    }
}
