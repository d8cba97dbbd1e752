using System.Net;
using System.Net.Sockets;

namespace RequestClient.Tests.Servers;

/// <summary>
/// A server on bare sockets that answers what a test wants, byte for byte; null means no answer at all. It lives in
/// the test's process, on a port that the kernel chose.
/// </summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<RawRequest, RawReply?> _answer;
    private readonly Task _accepting;

    public RawServer(Func<RawRequest, RawReply?> answer)
    {
        _answer = answer;
        _listener.Start(backlog: 1024);
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _accepting = AcceptAsync();
    }

    public string Url { get; }

    /// <summary>Connections that were accepted.</summary>
    public int Connections;

    /// <summary>Requests that were read to their end.</summary>
    public long Requests;

    /// <summary>From now on connections are refused; those that are open go on.</summary>
    public void StopListening() => _listener.Stop();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true) serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        // One that was stopped between two of them is "not listening", which is an InvalidOperationException.
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        Interlocked.Increment(ref Connections);
        await Task.Yield();
        socket.NoDelay = true;
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            while (await RawRequest.ReadAsync(stream, _stop.Token) is { } request)
            {
                Interlocked.Increment(ref Requests);
                if (_answer(request) is not { } reply) continue;
                var pieceLength = reply.PieceLength == 0 ? Math.Max(1, reply.Bytes.Length) : reply.PieceLength;
                foreach (var piece in reply.Bytes.Chunk(pieceLength))
                {
                    await stream.WriteAsync(piece, _stop.Token);
                    if (reply.Pause > TimeSpan.Zero) await Task.Delay(reply.Pause, _stop.Token);
                }

                if (reply.Reset) Break(socket);
                if (reply.Close || reply.Reset) return;
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The client went away, or the test is over.
        }
    }

    private static void Break(Socket socket)
    {
        // Lingering for no time turns close into RST; the stream would send FIN first.
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }
}
