using System.Net.Sockets;

namespace BlobsServer.Hosting;

/// <summary>The file of a unix socket, which a killed server leaves behind.</summary>
internal static class UnixSocketPath
{
    /// <summary>Removes the file when nobody listens on it.</summary>
    public static void RemoveStale(string? path)
    {
        if (path is not null && File.Exists(path) && !IsServed(path)) File.Delete(path);
    }

    public static bool IsServed(string? path)
    {
        if (path is null) return false;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
