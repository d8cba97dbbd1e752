namespace MultiProc.Probing;

/// <summary>A page of text that one of our children serves on this machine.</summary>
internal static class LocalPage
{
    // Only a study by a way in that HAProxy does not count asks: others do not even load the client.
    private static readonly Lazy<HttpClient> Http = new(CreateClient);

    /// <summary>Null when it is not there, or does not come in time.</summary>
    public static async Task<string?> FetchAsync(int port, string path, TimeSpan timeout, CancellationToken cancellation) =>
        (await AskAsync(port, path, timeout, cancellation)).Text;

    /// <summary>And whether somebody was there to ask: who answers late, or not at all, was asked nevertheless.</summary>
    public static async Task<(string? Text, bool WasAsked)> AskAsync(
        int port, string path, TimeSpan timeout, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(timeout);
        try
        {
            var address = new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}{path}"));
            return (await Http.Value.GetStringAsync(address, deadline.Token), WasAsked: true);
        }
        catch (HttpRequestException failure)
        {
            return (null, WasAsked: failure.HttpRequestError != HttpRequestError.ConnectionError);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, WasAsked: true);
        }
    }

    private static HttpClient CreateClient()
    {
        var http = new HttpClient();
        // A connection that stayed would be one more that a stopping worker has to end.
        http.DefaultRequestHeaders.ConnectionClose = true;
        return http;
    }
}
