using System.Text.Json;
using MultiProc.Configuration;

namespace MultiProc.Control;

/// <summary>Asks a supervisor over its control socket.</summary>
internal sealed class ControlClient : IDisposable
{
    private static readonly TimeSpan StatusTimeout = TimeSpan.FromSeconds(5);

    private readonly ControlPath _path;
    private readonly HttpClient _http;

    public ControlClient(ControlPath path)
    {
        _path = path;
        // A rolling restart answers when it is done, however long that takes.
        _http = new HttpClient(UnixSocketHandler.Of(path.FullPath))
        {
            BaseAddress = new Uri("http://multiproc"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Null when none answers.</summary>
    public async Task<StatusReport?> StatusAsync(CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(StatusTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await _http.GetFromJsonAsync("/status", ControlJson.Default.StatusReport, either.Token);
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Asks the supervisor to stop; null when it took it, otherwise what went wrong and what to do.</summary>
    public Task<string?> StopAsync(CancellationToken cancellation) => PostAsync("/stop", content: null, cancellation);

    /// <summary>Returns when every worker was replaced: null, or why not.</summary>
    public Task<string?> RestartAsync(CancellationToken cancellation) => PostAsync("/restart", content: null, cancellation);

    /// <summary>Returns when there are so many workers: null, or why not.</summary>
    /// <param name="procs">How many.</param>
    /// <param name="note">Told what is to be said about it although it was done.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task<string?> ScaleAsync(int procs, Action<string> note, CancellationToken cancellation) => PostAsync(
        "/scale",
        JsonContent.Create(new ScaleBody(procs), ControlJson.Default.ScaleBody),
        cancellation,
        async reply =>
        {
            if ((await reply.ReadFromJsonAsync(ControlJson.Default.DoneBody, cancellation))?.Note is { } words) note(words);
        });

    /// <summary>Returns when so many workers, drawn at random, get all requests: null, or why not.</summary>
    public Task<string?> ServeAsync(int procs, CancellationToken cancellation) =>
        PostAsync("/serve", JsonContent.Create(new ServeBody(procs), ControlJson.Default.ServeBody), cancellation);

    /// <summary>Returns when limits of processor time are set: what is in force then, or why they were not set.</summary>
    /// <param name="wanted">By the names of <see cref="LimitBody"/>.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<(LimitsInForce? InForce, string? Problem)> LimitAsync(
        Dictionary<string, double?> wanted, CancellationToken cancellation)
    {
        LimitsInForce? inForce = null;
        var problem = await PostAsync(
            "/limit",
            JsonContent.Create(wanted, ControlJson.Default.DictionaryStringNullableDouble),
            cancellation,
            async reply => inForce = await reply.ReadFromJsonAsync(ControlJson.Default.LimitsInForce, cancellation));
        return (inForce, problem);
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> PostAsync(
        string path, HttpContent? content, CancellationToken cancellation, Func<HttpContent, Task>? readAsync = null)
    {
        try
        {
            using var reply = await _http.PostAsync(path, content, cancellation);
            if (reply.IsSuccessStatusCode)
            {
                if (readAsync is not null) await readAsync(reply.Content);
                return null;
            }

            var problem = await reply.Content.ReadFromJsonAsync(ControlJson.Default.ProblemBody, cancellation);
            return problem?.Title ?? $"the supervisor answered {(int)reply.StatusCode}";
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return _path.ExplainSilence();
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            return $"the supervisor on {_path.FullPath} ended before it answered: its output says why";
        }
    }
}
