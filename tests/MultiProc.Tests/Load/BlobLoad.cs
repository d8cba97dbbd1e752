using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace MultiProc.Tests.Load;

/// <summary>
/// Loops of PUT, GET, flag and sometimes DELETE that remember when each request that failed was under way, and which
/// blobs were acknowledged. RequestClient counts failures; here each must be told from the others.
/// </summary>
internal sealed class BlobLoad(string url) : IDisposable
{
    /// <summary>The reason of a request whose connection was closed in place of an answer.</summary>
    public const string NoAnswer = "no answer";

    private const int Loops = 20;
    private const int BlobBytes = 4096;

    /// <summary>Between a loop's blobs: some hundred requests a second kill workers in the middle of one as well.</summary>
    private static readonly TimeSpan Pause = Soak.IsEnabled ? TimeSpan.Zero : TimeSpan.FromMilliseconds(50);

    // A time-out of its own for each request; no retry, no second try on a fresh connection behind our back.
    private readonly SocketsHttpHandler _handler = new() { MaxConnectionsPerServer = Loops };
    private readonly ConcurrentQueue<Failure> _failures = new();
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private long _requests;
    private volatile bool _isOver;

    /// <summary>A request that was not answered as it should be, with timestamps of <see cref="Stopwatch"/>.</summary>
    public sealed record Failure(string Request, long SentAt, long EndedAt, string Reason);

    public IReadOnlyCollection<Failure> Failures => _failures;

    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Blobs that were put, acknowledged, and not asked to be deleted.</summary>
    public IReadOnlyCollection<string> Acknowledged => [.. _acknowledged.Keys];

    public async Task DuringAsync(Func<Task> scenario)
    {
        using var http = CreateClient();
        var loops = Enumerable.Range(0, Loops).Select(loop => Task.Run(() => LoopAsync(http, $"{loop}"))).ToList();
        try
        {
            await scenario();
        }
        finally
        {
            _isOver = true;
        }

        await Task.WhenAll(loops);
    }

    /// <summary>Acknowledged blobs that are not there byte for byte.</summary>
    public async Task<IReadOnlyList<string>> FindMissingAsync()
    {
        using var http = CreateClient();
        var missing = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(_acknowledged.Keys, new ParallelOptions { MaxDegreeOfParallelism = 8 }, CheckAsync);
        return [.. missing];

        async ValueTask CheckAsync(string id, CancellationToken cancellation)
        {
            using var reply = await http.GetAsync(new Uri(Path(id), UriKind.Relative), cancellation);
            var content = await reply.Content.ReadAsByteArrayAsync(cancellation);
            if (reply.StatusCode != HttpStatusCode.OK || !content.SequenceEqual(Content(id)))
                missing.Enqueue($"{id}: {reply.StatusCode}");
        }
    }

    public void Dispose() => _handler.Dispose();

    private static string Path(string id) => $"/blobs/chaos/{id}";

    private static byte[] Content(string id)
    {
        var content = new byte[BlobBytes];
        new Random(id.GetHashCode(StringComparison.Ordinal)).NextBytes(content);
        return content;
    }

    private HttpClient CreateClient() =>
        new(_handler, disposeHandler: false) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(5) };

    private async Task LoopAsync(HttpClient http, string loop)
    {
        for (var number = 0; !_isOver; number++)
        {
            await Task.Delay(Pause);
            var id = $"{loop}-{number}";
            if (!await SendAsync(http, HttpMethod.Put, id, "", new ByteArrayContent(Content(id)))) continue;
            _acknowledged[id] = true;
            await SendAsync(http, HttpMethod.Get, id, "", content: null);
            await SendAsync(http, HttpMethod.Post, id, "", new StringContent("[\"PENDING\"]"));
            if (number % 4 != 0) continue;
            _acknowledged.TryRemove(id, out _);
            await SendAsync(http, HttpMethod.Delete, id, "", content: null);
        }
    }

    private async Task<bool> SendAsync(HttpClient http, HttpMethod method, string id, string query, HttpContent? content)
    {
        // HttpClient sends a request again by itself that has no body, when a kept connection is closed in place of an answer: a
        // GET that was lost would not be counted, and a DELETE that was carried out would find nothing more.
        using var request = new HttpRequestMessage(method, Path(id) + query) { Content = content ?? new ByteArrayContent([]) };
        Interlocked.Increment(ref _requests);
        var sentAt = Stopwatch.GetTimestamp();
        string reason;
        try
        {
            using var reply = await http.SendAsync(request);
            var body = await reply.Content.ReadAsByteArrayAsync();
            var isRight = method != HttpMethod.Get || body.SequenceEqual(Content(id));
            if (reply.StatusCode == HttpStatusCode.OK && isRight) return true;
            reason = $"{(int)reply.StatusCode}";
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            reason = exception.InnerException is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }
                ? NoAnswer
                : exception.ToString();
        }

        _failures.Enqueue(new Failure($"{method} {id}", sentAt, Stopwatch.GetTimestamp(), reason));
        return false;
    }
}
