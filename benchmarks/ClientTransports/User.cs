using System.Net;
using System.Net.Sockets;
using RequestClient.Http;

namespace ClientTransports;

/// <summary>One connection in a closed loop, with RequestClient's own reply reader and the transport under trial.</summary>
internal sealed class User(IPEndPoint endPoint, byte[] request, byte[] wanted) : IBodyReader
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _position;

    public long Requests { get; private set; }

    /// <summary>
    /// Asynchronous sockets; DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 makes them complete on the poller's thread.
    /// </summary>
    public async Task RunAsync(CancellationToken end)
    {
        using var socket = Connect();
        var reader = new ReplyReader();
        while (!end.IsCancellationRequested)
        {
            reader.Begin(this, headRequested: false);
            await socket.SendAsync(request, CancellationToken.None);
            while (!Take(reader, await socket.ReceiveAsync(_buffer, CancellationToken.None)))
            {
            }
        }
    }

    /// <summary>A thread that waits in the kernel.</summary>
    public void Run(CancellationToken end)
    {
        using var socket = Connect();
        var reader = new ReplyReader();
        while (!end.IsCancellationRequested)
        {
            reader.Begin(this, headRequested: false);
            socket.Send(request);
            while (!Take(reader, socket.Receive(_buffer)))
            {
            }
        }
    }

    void IBodyReader.Begin(int status, long? length)
    {
        _position = 0;
        if (status != 200 || length != wanted.Length) throw new InvalidDataException($"status {status}, {length} bytes");
    }

    void IBodyReader.Take(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.SequenceEqual(wanted.AsSpan(_position, bytes.Length))) throw new InvalidDataException("wrong bytes");
        _position += bytes.Length;
    }

    private Socket Connect()
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(endPoint);
        return socket;
    }

    /// <summary>Reads what was received; true when the reply is whole.</summary>
    private bool Take(ReplyReader reader, int received)
    {
        var progress = received == 0 ? ReplyProgress.Malformed : reader.Read(_buffer.AsSpan(0, received));
        if (progress == ReplyProgress.Malformed) throw new InvalidDataException(reader.Problem ?? "closed");
        if (progress != ReplyProgress.Complete) return false;
        Requests++;
        return true;
    }
}
