using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MultiProc.Keeping;

namespace MultiProc.Probing;

/// <summary>
/// Asks a worker over HTTP how it is. One short-lived connection a question, so that a worker is never kept from
/// stopping, and no HTTP client, which would cost more to load than all the questions.
/// </summary>
internal static class ReadinessProbe
{
    /// <summary>Requests that make a new worker compile its way of answering before clients wait for it.</summary>
    private const int WarmupRequests = 20;

    /// <summary>Between two questions to a worker that is starting: long enough to leave it the processor.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan DrainPatience = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks until the status is 200 to 399: anything else is a worker that may not have requests yet.</summary>
    public static async Task WaitUntilReadyAsync(
        int port, string path, TimeSpan timeoutEach, bool warm, CancellationToken cancellation)
    {
        while (await AskAsync(port, path, timeoutEach, cancellation) is not (>= 200 and < 400))
            await Task.Delay(Pause, cancellation);
        for (var request = 0; warm && request < WarmupRequests; request++) await AskAsync(port, path, timeoutEach, cancellation);
    }

    /// <summary>
    /// Asks whether it lives: any answer but a server's error is yes, so that a program which has no such path, or has no
    /// room for more data, is left alone.
    /// </summary>
    public static async Task<LifeSign> AskForLifeAsync(
        int port, string path, TimeSpan timeout, CancellationToken cancellation) =>
        await AskAsync(port, path, timeout, cancellation) switch
        {
            null => LifeSign.None,
            >= 500 => LifeSign.No,
            _ => LifeSign.Yes,
        };

    /// <summary>RFC 9112, section 4: HTTP-version SP status-code SP. Null for anything else.</summary>
    internal static int? ParseStatus(ReadOnlySpan<byte> statusLine) =>
        statusLine.Length >= 12 && statusLine.StartsWith("HTTP/1."u8) && statusLine[8] == ' '
        && int.TryParse(statusLine[9..12], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : null;

    /// <summary>The status of one answer; null for none in time, refused, reset, or not HTTP.</summary>
    private static async Task<int?> AskAsync(int port, string path, TimeSpan timeout, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(timeout);
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), deadline.Token);
            var request = $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n";
            await socket.SendAsync(Encoding.ASCII.GetBytes(request), deadline.Token);
            var status = ParseStatus(await ReadStatusLineAsync(socket, deadline.Token));
            deadline.CancelAfter(DrainPatience);
            await DrainAsync(socket, deadline.Token);
            return status;
        }
        catch (SocketException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
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

    /// <summary>Closing with bytes unread resets the connection (RFC 1122, 4.2.2.13), and servers log that as an error.</summary>
    private static async Task DrainAsync(Socket socket, CancellationToken deadline)
    {
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, deadline) > 0) { }
        }
        catch (SocketException)
        {
            // It closed in haste. The answer is known.
        }
        catch (OperationCanceledException)
        {
            // It keeps the connection open all the same, or sends without end.
        }
    }
}
