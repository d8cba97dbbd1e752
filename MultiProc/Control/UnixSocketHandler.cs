using System.Net.Sockets;

namespace MultiProc.Control;

/// <summary>HTTP over a unix socket. RequestClient, which asks the same supervisor, is compiled with this file too.</summary>
internal static class UnixSocketHandler
{
    /// <summary>Whatever the URL names, it is the socket that is connected to.</summary>
    public static SocketsHttpHandler Of(string path) => new()
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };
}
