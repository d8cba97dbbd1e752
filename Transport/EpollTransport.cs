using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Transport;

/// <summary>
/// Kestrel's connections without .NET's socket engine in between: one event loop a processor, three system calls a request
/// (wait, receive, send). benchmarks/README.md says what that is worth. Who owns which thread, and what may be done on it,
/// is told in README.md beside this file.
/// </summary>
internal sealed class EpollTransport(int? sharedPort, TimeProvider time) : IConnectionListenerFactory
{
    // A thousand clients without keep-alive connect at once; the kernel's net.core.somaxconn bounds it further.
    private const int Backlog = 4096;

    private readonly ConnectionList _connections = new(time);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = BoundSocket.Create(endpoint, sharedPort);
        socket.Listen(Backlog);
        socket.Blocking = false;
        return new(new EpollListener(socket, EpollLoops.Shared, _connections, time));
    }
}
