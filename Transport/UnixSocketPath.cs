using System.Net.Sockets;
using System.Text;
using Linux;

namespace Transport;

/// <summary>The file of a unix socket, which a killed server leaves behind.</summary>
internal static class UnixSocketPath
{
    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>
    /// Held while a path is looked at and bound, and while it is given up, so that of two servers on one path none removes
    /// the other's socket: a lock of the folder. Null where the folder can't be opened; then nothing can be bound there.
    /// </summary>
    public static IDisposable? Lock(string path)
    {
        var folder = Encoding.UTF8.GetBytes((Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/") + '\0');
        var flags = OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec;
        var descriptor = Libc.OpenAt(At.CurrentDirectory, folder, flags, 0);
        if (descriptor < 0) return null;
        var locked = new OpenFile(descriptor);
        FileLock.Wait(locked);
        return locked;
    }

    /// <summary>
    /// With the lock held: makes sure that the path can be bound, and removes a socket on which nobody listens any more.
    /// </summary>
    /// <returns>Null, or what is in the way.</returns>
    public static string? WhyNotFree(string path)
    {
        var folder = Path.GetDirectoryName(path);
        if (!Directory.Exists(folder))
        {
            return $"cannot listen on {path}: there is no folder {folder}; make it or choose another --unix";
        }
        var bytes = Encoding.UTF8.GetBytes(path + '\0');
        if (Libc.StatX(At.CurrentDirectory, bytes, At.SymlinkNoFollow, At.StatBasic, out var status) != 0) return null;
        if (!status.IsSocket) return $"cannot listen on {path}: it is there and no socket; choose another --unix";
        if (IsServed(path)) return $"the unix socket {path} is in use; stop what listens there or choose another --unix";
        File.Delete(path);
        return null;
    }

    /// <summary>Connecting takes the right to write: the owner's and the group's, a proxy's for instance.</summary>
    public static void OpenToGroup(string path) => File.SetUnixFileMode(path, OwnerAndGroup);

    /// <summary>Only a refusal proves that nobody listens: a server with a full queue does not answer either.</summary>
    private static bool IsServed(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode != SocketError.ConnectionRefused;
        }
    }
}
