using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MultiProc;

/// <summary>
/// Asks a worker over HTTP whether it is there: a status of 200 to 399 is yes. One short-lived connection a question, so
/// that a worker is never kept from stopping, and no HTTP client, which would cost more to load than all the questions.
/// </summary>
internal sealed class ReadinessProbe(TimeProvider time)
{
    /// <summary>Between two questions to a worker that is starting: long enough to leave it the processor.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan DrainPatience = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks again and again until the answer is yes.</summary>
    public async Task WaitUntilReadyAsync(int port, string path, TimeSpan timeoutEach, CancellationToken cancellation)
    {
        while (!await AskAsync(port, path, timeoutEach, cancellation)) await Task.Delay(Pause, time, cancellation);
    }

    /// <summary>Asks once; refused, reset, silent and any other status are all no.</summary>
    public async Task<bool> AskAsync(int port, string path, TimeSpan timeout, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), either.Token);
            var request = $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n";
            await socket.SendAsync(Encoding.ASCII.GetBytes(request), either.Token);
            var isGood = IsGood(await ReadStatusLineAsync(socket, either.Token));
            await DrainAsync(socket, cancellation);
            return isGood;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>RFC 9112, section 4: HTTP-version SP status-code SP.</summary>
    internal static bool IsGood(ReadOnlySpan<byte> statusLine) =>
        statusLine.Length >= 12 && statusLine.StartsWith("HTTP/1."u8) && statusLine[8] == ' '
        && statusLine[9] is (byte)'2' or (byte)'3' && char.IsAsciiDigit((char)statusLine[10]) && char.IsAsciiDigit((char)statusLine[11]);

    /// <summary>Closing with bytes unread would reset the connection (RFC 1122, 4.2.2.13), and servers log that as an error.</summary>
    private async Task DrainAsync(Socket socket, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(DrainPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, either.Token) > 0) { }
        }
        catch (OperationCanceledException)
        {
            // It keeps the connection open all the same, or sends without end. The answer is known.
        }
    }

    private static async Task<byte[]> ReadStatusLineAsync(Socket socket, CancellationToken cancellation)
    {
        var buffer = new byte[512];
        var filled = 0;
        while (filled < buffer.Length && Array.IndexOf(buffer, (byte)'\n', 0, filled) < 0)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled), cancellation);
            if (read == 0) break;
            filled += read;
        }

        return buffer[..filled];
    }
}
