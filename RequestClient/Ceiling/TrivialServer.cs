using System.Net;
using System.Net.Sockets;
using RequestClient.Net;

namespace RequestClient.Ceiling;

/// <summary>
/// Answers the built-in actions as cheaply as one thread can: it stores nothing, and makes a blob's bytes from its id.
/// It speaks only as much HTTP as this client does.
/// </summary>
internal sealed unsafe class TrivialServer : IDisposable
{
    private const int BufferLength = 256 * 1024;
    private const int StandardInput = 0;
    private const ulong InputTag = ulong.MaxValue;
    private const ulong ListenerTag = ulong.MaxValue - 1;
    private const long TickNanoseconds = 100_000_000;

    private readonly Epoll _epoll = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _buffer = GC.AllocateArray<byte>(BufferLength, pinned: true);
    private readonly Dictionary<ulong, (Socket Socket, TrivialExchange Exchange)> _clients = [];
    private readonly TrivialReplies _replies;
    private ulong _lastTag;

    public TrivialServer(int blobLength, string user)
    {
        _replies = new TrivialReplies(blobLength, user);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(4096);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Serves until standard input ends.</summary>
    public void Run()
    {
        Libc.LeaveProcessGroup();
        _epoll.Watch(StandardInput, InputTag);
        _epoll.Watch((int)_listener.Handle, ListenerTag);
        while (true)
        {
            var ready = _epoll.Wait(TickNanoseconds);
            for (var index = 0; index < ready; index++)
            {
                var (events, tag) = _epoll[index];
                if (tag == ListenerTag) Accept();
                else if (tag != InputTag) Serve(tag, events);
                else if ((events & (Epoll.Failed | Epoll.PeerClosed)) != 0) return;
            }
        }
    }

    public void Dispose()
    {
        foreach (var (socket, _) in _clients.Values) socket.Dispose();
        _listener.Dispose();
        _epoll.Dispose();
    }

    private void Accept()
    {
        // Edge-triggered: all that wait are taken, since no further event tells of them.
        while (_listener.Poll(TimeSpan.Zero, SelectMode.SelectRead))
        {
            var socket = _listener.Accept();
            socket.NoDelay = true;
            socket.Blocking = false;
            var tag = _lastTag++;
            _clients[tag] = (socket, new TrivialExchange(TcpConnection.Over((int)socket.Handle), _replies));
            _epoll.Watch((int)socket.Handle, tag);
        }
    }

    private void Serve(ulong tag, uint events)
    {
        if (!_clients.TryGetValue(tag, out var client)) return;
        fixed (byte* buffer = _buffer)
        {
            if (client.Exchange.Go(buffer, BufferLength, (events & (Epoll.PeerClosed | Epoll.Failed)) != 0)) return;
        }

        _clients.Remove(tag);
        client.Socket.Dispose();
    }
}
