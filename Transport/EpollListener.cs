using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Linux;
using Microsoft.AspNetCore.Connections;

namespace Transport;

/// <summary>
/// Accepts connections on a loop that does nothing else, so that nobody at work keeps others out, and deals them out in turn
/// to the loops that run them.
/// </summary>
internal sealed class EpollListener : IConnectionListener, IEventTarget
{
    private const int MostAtOnce = 16;

    // Who has just come is known to be silent, or at work, within a fraction of the first; the last doesn't burn a processor.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(10);

    private readonly Channel<ConnectionContext> _accepted = Channel.CreateUnbounded<ConnectionContext>();
    private readonly Socket _socket;
    private readonly EpollLoops _loops;
    private readonly ConnectionList _connections;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private OpenFile? _waiting;
    private TimeSpan _pause = ShortestPause;
    private bool _isClosed;

    public EpollListener(Socket socket, EpollLoops loops, ConnectionList connections, TimeProvider time)
    {
        (_socket, _loops, _connections, _time) = (socket, loops, connections, time);
        EndPoint = socket.LocalEndPoint!;
        Descriptor = (int)socket.Handle;
        Number = EpollLoops.NewNumber();
        if (EndPoint is IPEndPoint) socket.NoDelay = true; // Linux hands it down to those who are accepted
        Watch();
    }

    public EndPoint EndPoint { get; }

    public int Descriptor { get; }

    public uint Number { get; }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _accepted.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_accepted.Reader.TryRead(out var connection)) return connection;
        }

        return null;
    }

    /// <summary>From the loop: somebody wants in, and often more than one.</summary>
    public void OnEvent(uint events)
    {
        lock (_gate)
        {
            var left = _isClosed ? 0 : MostAtOnce;
            while (left-- > 0 && TryAdmitNext()) continue;
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_isClosed) return ValueTask.CompletedTask;
            _isClosed = true;
            _loops.Accepting.Remove(this);
            AdoptWaiting();
            _connections.ServeAll();
            CloseSocket();
        }

        _accepted.Writer.Complete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    private int Accept() => SocketCalls.Accept(Descriptor, 0, 0, SocketCalls.NonBlocking | SocketCalls.CloseOnExec);

    /// <summary>Who connected in time is served, and not reset with the kernel's queue.</summary>
    private void AdoptWaiting()
    {
        if (_waiting is not null) Adopt(_waiting);
        _waiting = null;
        for (var descriptor = Accept(); descriptor >= 0; descriptor = Accept())
        {
            var socket = new OpenFile(descriptor);
            var hasRoom = _connections.HasRoomFor(ref socket);
            Adopt(socket);
            if (!hasRoom) return;
        }
    }

    private void CloseSocket()
    {
        if (EndPoint is not UnixDomainSocketEndPoint unix)
        {
            _socket.Dispose();
            return;
        }

        // Closing removes the file, by its name: that must not be the socket of the server that starts in our place.
        using var locked = UnixSocketPath.Lock(unix.ToString()!);
        _socket.Dispose();
        File.Delete(unix.ToString()!);
    }

    private static bool HasNoDescriptor(int errno) => errno is Errno.TooManyOpenFiles or Errno.TooManyOpenFilesInSystem;

    /// <summary>False when nobody is there any more, or no room for the next one now.</summary>
    private bool TryAdmitNext()
    {
        var descriptor = Accept();
        if (descriptor < 0)
        {
            // He is still in the kernel's queue, and announced again.
            if (HasNoDescriptor(Marshal.GetLastPInvokeError()) && !_connections.TryCloseMostSilent()) Pause(waiting: null);
            return false;
        }

        var socket = new OpenFile(descriptor);
        var hasRoom = _connections.HasRoomFor(ref socket);
        if (hasRoom) Adopt(socket);
        else Pause(socket);
        return hasRoom;
    }

    private void Adopt(OpenFile socket)
    {
        var connection = new EpollConnection(
            socket, EpollLoops.NewNumber(), _loops, _connections, _accepted.Writer, _time.GetTimestamp());
        if (!connection.TryOpen()) connection.Close();
        _pause = ShortestPause;
    }

    /// <summary>
    /// All are at work: who is next waits, and others wait in the kernel's queue, until there is room. To ask accept(2)
    /// again and again instead would burn a processor.
    /// </summary>
    private void Pause(OpenFile? waiting)
    {
        _waiting = waiting;
        _loops.Accepting.Remove(this);
        _ = ResumeAsync();
    }

    private async Task ResumeAsync()
    {
        do
        {
            var pause = _pause;
            _pause = pause < LongestPause / 2 ? 2 * pause : LongestPause;
            await Task.Delay(pause);
        }
        while (!TryResume());
    }

    private bool TryResume()
    {
        lock (_gate)
        {
            if (_isClosed) return true;
            if (_waiting is { } socket)
            {
                var hasRoom = _connections.HasRoomFor(ref socket);
                _waiting = hasRoom ? null : socket;
                if (!hasRoom) return false;
                Adopt(socket);
            }

            Watch();
            return true;
        }
    }

    /// <summary>Level-triggered: who is not accepted by one event is announced by the next.</summary>
    private void Watch()
    {
        if (!_loops.Accepting.TryAdd(this, Epoll.Readable)) throw SystemCallException.Last("epoll_ctl");
    }
}
