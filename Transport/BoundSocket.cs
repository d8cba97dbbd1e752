using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Transport;

/// <summary>Sockets to listen on, the same for every transport.</summary>
internal static class BoundSocket
{
    private const int SolSocket = 1;
    private const int ReusePort = 15;

    /// <summary>Bound and not yet listening.</summary>
    /// <param name="endpoint">An address and port, or a unix socket's path.</param>
    /// <param name="sharedPort">The port at which others may listen too; null for none.</param>
    /// <exception cref="AddressInUseException">Somebody listens there.</exception>
    public static Socket Create(EndPoint endpoint, int? sharedPort)
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
            if (endpoint is IPEndPoint { Port: var port } && port == sharedPort)
            {
                socket.SetRawSocketOption(SolSocket, ReusePort, BitConverter.GetBytes(1));
            }

            socket.Bind(endpoint);
            return socket;
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            if (failure.SocketErrorCode != SocketError.AddressAlreadyInUse) throw;
            throw new AddressInUseException(failure.Message, failure);
        }
    }
}
