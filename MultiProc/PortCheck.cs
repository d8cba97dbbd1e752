using System.Net;
using System.Net.Sockets;

namespace MultiProc;

/// <summary>Whether a loopback port can be listened on.</summary>
internal static class PortCheck
{
    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
