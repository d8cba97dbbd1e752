using System.Collections.Concurrent;
using System.Net.Sockets;
using Linux;
using RequestClient.Net;

namespace RequestClient.Ceiling;

/// <summary>The connections of one thread of the trivial server.</summary>
internal sealed unsafe class TrivialLoop(TrivialReplies replies) : IDisposable
{
    private const int BufferLength = 256 * 1024;
    private const int TickMilliseconds = 100;

    private readonly Epoll _epoll = new();
    private readonly byte[] _buffer = GC.AllocateArray<byte>(BufferLength, pinned: true);
    private readonly ConcurrentDictionary<ulong, (Socket Socket, TrivialExchange Exchange)> _clients = [];
    private ulong _lastTag;

    /// <summary>Something else that this loop's thread should hear of.</summary>
    public void Watch(int descriptor, ulong tag) => _epoll.Watch(descriptor, tag);

    /// <summary>Takes a new connection; any thread may bring it, one at a time.</summary>
    public void Add(Socket socket)
    {
        socket.NoDelay = true;
        socket.Blocking = false;
        var tag = _lastTag++;
        _clients[tag] = (socket, new TrivialExchange(TcpConnection.Over((int)socket.Handle), replies));
        _epoll.Watch((int)socket.Handle, tag);
    }

    /// <summary>Serves until what it is told of an event that is no connection's says no.</summary>
    public void Run(Func<uint, ulong, bool> onOther)
    {
        while (true)
        {
            var ready = _epoll.Wait(TickMilliseconds);
            for (var index = 0; index < ready; index++)
            {
                var (events, tag) = _epoll[index];
                if (_clients.TryGetValue(tag, out var client)) Serve(tag, client, events);
                else if (!onOther(events, tag)) return;
            }
        }
    }

    public void Dispose()
    {
        foreach (var (socket, _) in _clients.Values) socket.Dispose();
        _epoll.Close();
    }

    private void Serve(ulong tag, (Socket Socket, TrivialExchange Exchange) client, uint events)
    {
        fixed (byte* buffer = _buffer)
        {
            if (client.Exchange.Go(buffer, BufferLength, (events & (Epoll.PeerClosed | Epoll.Failed)) != 0)) return;
        }

        _clients.TryRemove(tag, out _);
        client.Socket.Dispose();
    }
}
