using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BlobsServer.Tests;

/// <summary>A connection that sends exactly the bytes it is told, however wrong they are.</summary>
internal sealed class RawConnection : IDisposable
{
    private const string EndOfHead = "\r\n\r\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private RawConnection()
    {
    }

    public Socket Socket => _socket;

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return connection;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[await _socket.SendAsync(bytes)..];
    }

    /// <summary>Says that nothing more will be sent.</summary>
    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends the connection with a reset instead of a goodbye.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    /// <summary>The head of the next answer; empty when the server closed instead.</summary>
    public async Task<string> ReadHeadAsync(TimeSpan? patience = null)
    {
        using var deadline = new CancellationTokenSource(patience ?? Patience);
        var head = "";
        var buffer = new byte[1024];
        while (!head.EndsWith(EndOfHead, StringComparison.Ordinal))
        {
            try
            {
                // Looked at first: what follows the head is not for us to take.
                var count = await _socket.ReceiveAsync(buffer, SocketFlags.Peek, deadline.Token);
                if (count == 0) break;
                var seen = head + Encoding.Latin1.GetString(buffer, 0, count);
                var end = seen.IndexOf(EndOfHead, StringComparison.Ordinal);
                var length = (end < 0 ? seen.Length : end + EndOfHead.Length) - head.Length;
                await _socket.ReceiveAsync(buffer.AsMemory(0, length), deadline.Token);
                head = seen[..(head.Length + length)];
            }
            catch (SocketException)
            {
                break;
            }
        }

        return head;
    }

    /// <summary>The status of the next answer; null when the server closed instead.</summary>
    public async Task<int?> ReadStatusAsync(TimeSpan? patience = null)
    {
        var head = await ReadHeadAsync(patience);
        if (head.Length == 0) return null;
        Assert.Matches("^HTTP/1\\.1 [1-5][0-9][0-9] ", head);
        return int.Parse(head.AsSpan(9, 3), provider: null);
    }

    /// <summary>The problem that the next answer describes.</summary>
    public async Task<JsonElement> ReadProblemAsync()
    {
        var head = await ReadHeadAsync();
        Assert.Contains("Content-Type: application/problem+json", head, StringComparison.OrdinalIgnoreCase);
        return JsonDocument.Parse(await ReadBodyAsync(head)).RootElement;
    }

    /// <summary>The body that a head announces with Content-Length.</summary>
    public Task<byte[]> ReadBodyAsync(string head)
    {
        var length = Regex.Match(head, @"Content-Length: (\d+)", RegexOptions.IgnoreCase).Groups[1].ValueSpan;
        return ReadBytesAsync(length.IsEmpty ? 0 : int.Parse(length, provider: null));
    }

    /// <summary>So many bytes of a body; fewer when the server closes.</summary>
    public async Task<byte[]> ReadBytesAsync(int count)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var bytes = new byte[count];
        var read = 0;
        while (read < count)
        {
            var more = await _socket.ReceiveAsync(bytes.AsMemory(read), deadline.Token);
            if (more == 0) break;
            read += more;
        }

        return bytes[..read];
    }

    public void Dispose() => _socket.Dispose();
}
