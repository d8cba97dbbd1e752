using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace BlobsServer.Transport;

/// <summary>
/// Kestrel's connections without .NET's socket engine in between: one event loop a processor, three system calls a request
/// (wait, receive, send). benchmarks/server.md says what that is worth.
/// </summary>
internal sealed class EpollTransport(int? sharedPort, TimeProvider time) : IConnectionListenerFactory
{
    private const int SolSocket = 1;
    private const int ReusePort = 15;

    private readonly EpollLoops _loops = new();
    private readonly ConnectionList _connections = new();
    private readonly BlockPool _pool = new();

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        // .NET sets SO_REUSEADDR when it knows that this is TCP; without it connections that the last server on this port
        // closed (TIME_WAIT) would keep the next one from starting for a minute.
        var protocol = endpoint is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified;
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, protocol);
        try
        {
            // An IPv6 address of any interface takes IPv4 too, as Kestrel's own transport does.
            if (endpoint is IPEndPoint { Address: var address } && address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            // Whoever listens there must ask for it, and belong to the same user (socket(7)).
            if (endpoint is IPEndPoint { Port: var port } && port == sharedPort) socket.SetRawSocketOption(SolSocket, ReusePort, BitConverter.GetBytes(1));
            socket.Bind(endpoint);
            socket.Listen(backlog: 512);
            socket.Blocking = false;
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            if (failure.SocketErrorCode != SocketError.AddressAlreadyInUse) throw;
            throw new AddressInUseException(failure.Message, failure);
        }

        return new(new EpollListener(socket, _loops, _connections, _pool, time));
    }
}
