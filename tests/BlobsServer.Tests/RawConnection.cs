using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BlobsServer.Tests;

/// <summary>A connection that sends exactly the bytes it is told, however wrong they are.</summary>
internal sealed class RawConnection : IDisposable
{
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
    public async Task<string> ReadHeadAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int count;
            try
            {
                count = await _socket.ReceiveAsync(one, deadline.Token);
            }
            catch (SocketException)
            {
                break;
            }

            if (count == 0) break;
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>The status of the next answer; null when the server closed instead.</summary>
    public async Task<int?> ReadStatusAsync()
    {
        var head = await ReadHeadAsync();
        return head.Length == 0 ? null : int.Parse(head.AsSpan(9, 3), provider: null);
    }

    public void Dispose() => _socket.Dispose();
}
