using System.IO.Pipelines;
using BlobsServer.Linux;
using Microsoft.AspNetCore.Connections;

namespace BlobsServer.Transport;

/// <summary>
/// An accepted connection, as Kestrel knows connections. Its socket is used by the event loop's thread and by whichever
/// thread runs the request; the gate keeps both off a descriptor that was closed and given away again.
/// </summary>
internal sealed class EpollConnection : DefaultConnectionContext, IDuplexPipe, IEventTarget
{
    private readonly EpollLoop _loop;
    private readonly CancellationTokenSource _closed = new();
    private readonly OpenFile _socket;
    private readonly ConnectionReader _reader;
    private readonly ConnectionWriter _writer;
    private bool _isClosed;

    public EpollConnection(OpenFile socket, EpollLoop loop, BlockPool pool, long number)
    {
        _socket = socket;
        _loop = loop;
        _reader = new ConnectionReader(this, pool);
        _writer = new ConnectionWriter(this, pool);
        Transport = this;
        ConnectionClosed = _closed.Token;
        ConnectionId = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Held while the socket is used and while anything of the reader or writer changes.</summary>
    public Lock Gate { get; } = new();

    public int Descriptor => _socket.Descriptor;

    PipeReader IDuplexPipe.Input => _reader;

    PipeWriter IDuplexPipe.Output => _writer;

    /// <summary>From the loop: what epoll saw.</summary>
    public void OnEvent(uint events)
    {
        var isLost = (events & (Epoll.Error | Epoll.HungUp)) != 0;
        if ((events & Epoll.Writable) != 0 || isLost) _writer.OnWritable();
        if ((events & (Epoll.Readable | Epoll.PeerClosed)) != 0 || isLost)
        {
            _reader.OnReadable(isLost || (events & Epoll.PeerClosed) != 0);
        }

        if (isLost) SignalClosed();
    }

    /// <summary>What readers are told after the socket failed; everybody else is told by ConnectionClosed.</summary>
    public Exception LostBy(int errno)
    {
        SignalClosed();
        return new ConnectionResetException($"the connection was lost: {new SystemCallException("recv or send", errno).Message}");
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        lock (Gate)
        {
            if (!_isClosed) _ = SocketCalls.Shutdown(Descriptor, SocketCalls.ShutdownBoth);
        }

        _writer.Break();
        _reader.Fail(abortReason);
        SignalClosed();
    }

    public override ValueTask DisposeAsync()
    {
        Close();
        return base.DisposeAsync();
    }

    private void Close()
    {
        lock (Gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            _loop.Remove(this);
            _ = SocketCalls.Shutdown(Descriptor, SocketCalls.ShutdownBoth);
            _socket.Dispose();
        }

        _reader.Fail(new ConnectionAbortedException());
        _writer.Break();
        SignalClosed();
    }

    /// <summary>Callbacks of the token may do anything, so they run on the pool and without the gate.</summary>
    private void SignalClosed()
    {
        if (_closed.IsCancellationRequested) return;
        ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _closed, preferLocal: false);
    }
}
