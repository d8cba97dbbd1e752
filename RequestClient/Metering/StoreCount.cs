using System.Globalization;
using System.Text.Json;

namespace RequestClient.Metering;

/// <summary>
/// How many operations the store holds, as a page of the server says: a number, or JSON such as {"count": 17}. It is asked
/// outside of the window's edges, so that its own requests are in nobody's books.
/// </summary>
internal sealed class StoreCount : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly Uri _url;

    public StoreCount(Uri server, string path, IReadOnlyList<string> headers)
    {
        _url = new Uri(server.GetLeftPart(UriPartial.Path).TrimEnd('/') + path);
        _http = new HttpClient { Timeout = Patience };
        foreach (var header in headers.Select(header => header.Split(':', 2)))
            _http.DefaultRequestHeaders.TryAddWithoutValidation(header[0], header[1].Trim());
    }

    /// <summary>Null, and why, when it can't be had.</summary>
    public async Task<(long? Count, string? Problem)> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var text = (await _http.GetStringAsync(_url, cancellation)).Trim();
            return NumberIn(text) is { } count
                ? (count, null)
                : (null, $"{_url} answers no number: '{text[..Math.Min(text.Length, 80)]}'");
        }
        catch (Exception failure) when (failure is HttpRequestException
            || (failure is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return (null, $"{_url} does not say what the store holds ({failure.Message})");
        }
    }

    public void Dispose() => _http.Dispose();

    public static long? NumberIn(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            var numbers = json.RootElement.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Number)
                .ToList();
            return numbers is [var only] && only.Value.TryGetInt64(out var value) ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
