using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MultiProc.Tests.Load;

/// <summary>
/// Answers every request of <see cref="BlobLoad"/> as it should be answered, but one: the first of the method that it was given.
/// That it reads to its end, and then closes the connection, which answered others before.
/// </summary>
internal sealed class ClosingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Task> _connections = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new();
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _method;
    private readonly Task _accepting;
    private int _isClosed;

    public ClosingServer(string method)
    {
        _method = method;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://{_listener.LocalEndpoint}";

    /// <summary>Method and path of all that was asked, in this order.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Method and path of the request that got no answer, once there is one.</summary>
    public Task<string> Closed => _closed.Task;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _connections.Enqueue(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            for (var answered = 0; await ReadHeadAsync(client.GetStream()) is [var first, ..] head; answered++)
            {
                var request = first[..first.LastIndexOf(' ')];
                var content = new byte[LengthIn(head)];
                await client.GetStream().ReadExactlyAsync(content, _stop.Token);
                _requests.Enqueue(request);
                if (answered > 0 && request.StartsWith(_method, StringComparison.Ordinal)
                    && Interlocked.Exchange(ref _isClosed, 1) == 0)
                {
                    _closed.SetResult(request);
                    return;
                }

                var reply = AnswerTo(request, content);
                await client.GetStream()
                    .WriteAsync(
                        Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {reply.Length}\r\n\r\n"), _stop.Token);
                await client.GetStream().WriteAsync(reply, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
        }
    }

    private byte[] AnswerTo(string request, byte[] content)
    {
        var (method, path) = (request[..request.IndexOf(
            ' ', StringComparison.Ordinal)], request[(request.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        if (method == "PUT") _blobs[path] = content;
        return method == "GET" ? _blobs[path] : [];
    }

    private static int LengthIn(string[] head) => head
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(
            line => int.Parse(
                line.AsSpan(line.IndexOf(':', StringComparison.Ordinal) + 1), System.Globalization.CultureInfo.InvariantCulture))
        .SingleOrDefault();

    /// <summary>Its lines; none when the client closed.</summary>
    private async Task<string[]> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) == 1)
        {
            head.Append((char)one[0]);
            if (head.Length >= 4 && head.ToString(head.Length - 4, 4) == "\r\n\r\n") return head.ToString().Split("\r\n");
        }

        return [];
    }
}
