using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using BlobsServer.Linux;
using Microsoft.AspNetCore.Connections;

namespace BlobsServer.Transport;

/// <summary>Accepts connections on one of the loops and deals them out to all in turn.</summary>
internal sealed class EpollListener : IConnectionListener, IEventTarget
{
    private const int ProtocolTcp = 6;
    private const int NoDelay = 1;

    private static readonly TimeSpan PauseWithoutDescriptors = TimeSpan.FromMilliseconds(50);

    private static long _lastNumber;

    private readonly Channel<ConnectionContext> _accepted = Channel.CreateUnbounded<ConnectionContext>();
    private readonly Socket _socket;
    private readonly EpollLoop[] _loops;
    private readonly BlockPool _pool;
    private readonly Lock _gate = new();
    private OpenFile? _waiting;
    private bool _isClosed;

    public EpollListener(Socket socket, EpollLoop[] loops, BlockPool pool)
    {
        (_socket, _loops, _pool) = (socket, loops, pool);
        EndPoint = socket.LocalEndPoint!;
        Descriptor = (int)socket.Handle;
        Watch();
    }

    public EndPoint EndPoint { get; }

    public int Descriptor { get; }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _accepted.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_accepted.Reader.TryRead(out var connection)) return connection;
        }

        return null;
    }

    /// <summary>From the loop: somebody wants in.</summary>
    public void OnEvent(uint events)
    {
        lock (_gate)
        {
            if (_isClosed) return;
            var descriptor = Accept();
            if (Descriptors.IsReserved(descriptor)) Pause(new OpenFile(descriptor));
            else if (descriptor >= 0) Adopt(new OpenFile(descriptor));
            else if (HasNoDescriptor(Marshal.GetLastPInvokeError())) Pause(waiting: null);
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_isClosed) return ValueTask.CompletedTask;
            _isClosed = true;
            _loops[0].Remove(this);
            AdoptWaiting();
            _socket.Dispose();
            _waiting?.Dispose();
            if (EndPoint is UnixDomainSocketEndPoint unix) File.Delete(unix.ToString());
        }

        _accepted.Writer.Complete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    private int Accept() => SocketCalls.Accept(Descriptor, 0, 0, SocketCalls.NonBlocking | SocketCalls.CloseOnExec);

    /// <summary>Who connected in time is served, and not reset with the kernel's queue.</summary>
    private void AdoptWaiting()
    {
        for (var descriptor = Accept(); descriptor >= 0; descriptor = Accept())
        {
            Adopt(new OpenFile(descriptor));
            if (Descriptors.IsReserved(descriptor)) return;
        }
    }

    private static bool HasNoDescriptor(int errno) => errno is Errno.TooManyOpenFiles or Errno.TooManyOpenFilesInSystem;

    private void Adopt(OpenFile socket)
    {
        if (EndPoint is IPEndPoint) _ = SocketCalls.SetOption(socket.Descriptor, ProtocolTcp, NoDelay, 1, sizeof(int));
        var number = ++_lastNumber;
        var loop = _loops[number % _loops.Length];
        var connection = new EpollConnection(socket, loop, _pool, number);
        var isWatched = loop.TryAdd(connection, Epoll.Readable | Epoll.Writable | Epoll.PeerClosed | Epoll.EdgeTriggered);
        if (isWatched) _accepted.Writer.TryWrite(connection);
        else socket.Dispose();
    }

    /// <summary>
    /// Who is next waits, and others wait in the kernel's queue, until a descriptor is free. To ask accept(2) again and
    /// again instead would burn a processor.
    /// </summary>
    private void Pause(OpenFile? waiting)
    {
        _waiting = waiting;
        _loops[0].Remove(this);
        _ = ResumeAsync();
    }

    private async Task ResumeAsync()
    {
        do await Task.Delay(PauseWithoutDescriptors);
        while (!Descriptors.IsOneFree() && !_isClosed);
        lock (_gate)
        {
            if (_isClosed) return;
            if (_waiting is not null) Adopt(_waiting);
            _waiting = null;
            Watch();
        }
    }

    /// <summary>Level-triggered: who is not accepted by one event is announced by the next.</summary>
    private void Watch()
    {
        if (!_loops[0].TryAdd(this, Epoll.Readable)) throw SystemCallException.Last("epoll_ctl");
    }
}
