using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Threading.Channels;
using Linux;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Transport;

/// <summary>
/// An accepted connection, as Kestrel knows connections. Its socket is used by the event loop's thread and by whichever
/// thread runs the request; the gate keeps both off a descriptor that was closed and given away again.
/// </summary>
internal sealed class EpollConnection
    : DefaultConnectionContext, IDuplexPipe, IEventTarget, IThreadPoolWorkItem, IRequestMark, IMemoryPoolFeature
{
    private const uint AllEvents = Epoll.Readable | Epoll.Writable | Epoll.PeerClosed | Epoll.EdgeTriggered;

    private readonly EpollLoops _loops;
    private readonly ConnectionList _list;
    private readonly ChannelWriter<ConnectionContext> _served;
    private readonly CancellationTokenSource _closed = new();
    private readonly OpenFile _socket;
    private readonly ConnectionReader _reader;
    private readonly ConnectionWriter _writer;
    private EpollLoop _loop;
    private Turn _turn = Turn.New;
    private long _silentSince;
    private volatile bool _hasAsked;
    private bool _isServed;
    private bool _isClosed;

    /// <param name="socket">Non-blocking; it belongs to the connection from now on.</param>
    /// <param name="number">No other connection's.</param>
    /// <param name="loops">One of which is to watch it.</param>
    /// <param name="list">Where it is from when it is watched until it is closed.</param>
    /// <param name="served">Where Kestrel takes those from that it is to serve.</param>
    /// <param name="timestamp">The present, of the monotonic clock.</param>
    public EpollConnection(
        OpenFile socket,
        uint number,
        EpollLoops loops,
        ConnectionList list,
        ChannelWriter<ConnectionContext> served,
        long timestamp)
        : base(number.ToString(CultureInfo.InvariantCulture)) // else it draws a GUID, with a system call
    {
        (_socket, _loops, _list, _served, _silentSince) = (socket, loops, list, served, timestamp);
        Number = number;
        _loop = loops.For(Number);
        _reader = new ConnectionReader(this);
        _writer = new ConnectionWriter(this);
        Transport = this;
        ConnectionClosed = _closed.Token;
        Features.Set<IRequestMark>(this);
        Features.Set<IMemoryPoolFeature>(this);
    }

    /// <summary>Held while the socket is used and while anything of the reader or writer changes.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Of its loop.</summary>
    public BlockPool Pool => _loop.Pool;

    public int Descriptor => _socket.Descriptor;

    public uint Number { get; }

    public bool IsBroken => _writer.IsBroken;

    /// <summary>
    /// When it last did anything for which one keeps a connection, by the monotonic clock; null during a request. Bytes that
    /// make no request yet don't count: they can be sent one by one for ever.
    /// </summary>
    public long? SilentSince => Volatile.Read(ref _silentSince) is var since && since == long.MaxValue ? null : since;

    /// <summary>Whether it ever made a request.</summary>
    public bool HasAsked => _hasAsked;

    MemoryPool<byte> IMemoryPoolFeature.MemoryPool => AnswerMemory.Instance;

    PipeReader IDuplexPipe.Input => _reader;

    PipeWriter IDuplexPipe.Output => _writer;

    /// <summary>
    /// It is in the list and watched from now on; false when the kernel has no room for it. In one piece: who finds it in the
    /// list may close it at once.
    /// </summary>
    public bool TryOpen()
    {
        lock (Gate)
        {
            _list.Add(this);
            return _loop.TryAdd(this, AllEvents);
        }
    }

    public void Begin()
    {
        _hasAsked = true;
        Volatile.Write(ref _silentSince, long.MaxValue);
    }

    public void End(long timestamp) => Volatile.Write(ref _silentSince, timestamp);

    /// <summary>With the gate held: false when others have to get their turn first; ours is posted behind them.</summary>
    public bool MayGoOn()
    {
        if (_turn.TrySpend()) return true;
        _loop.Post(this);
        return false;
    }

    /// <summary>Its turn has come.</summary>
    void IThreadPoolWorkItem.Execute() => OnEvent(0);

    public void OnEvent(uint events)
    {
        var isLost = (events & Epoll.Failed) != 0;
        bool isFlushed, isRead;
        FlushResult flushed;
        ReadResult read;
        lock (Gate)
        {
            _turn = Turn.New;
            if (!_isClosed && _loops.For(Number) is var loop && loop != _loop) MoveTo(loop);
            if (isLost || (events & (Epoll.Readable | Epoll.PeerClosed)) != 0)
            {
                _reader.Expect(hasHungUp: isLost || (events & Epoll.PeerClosed) != 0);
                if (!_isServed) Serve();
            }

            isFlushed = _writer.TryGoOn(out flushed);
            isRead = _reader.TryGoOn(out read);
        }

        if (isFlushed) _writer.Tell(flushed);
        if (isRead) _reader.Tell(read);
        if (isLost) SignalClosed();
    }

    /// <summary>
    /// Kestrel gets to know it, once. That takes objects, a thread of the pool and, where it is closed while it is read,
    /// exceptions: a hundred microseconds, which who says nothing is not worth.
    /// </summary>
    public void Serve()
    {
        lock (Gate)
        {
            if (_isServed || _isClosed) return;
            _isServed = true;
            // Never full, and completed after all were served (ServeAll waits for the gate); who reads it goes on elsewhere.
            _served.TryWrite(this);
        }
    }

    /// <summary>What readers are told after the socket failed; everybody else is told by ConnectionClosed.</summary>
    public Exception LostBy(string call, int errno)
    {
        SignalClosed();
        return new ConnectionResetException($"the connection was lost: {new SystemCallException(call, errno).Message}");
    }

    /// <summary>
    /// Closes it at once when it is between requests, has got its answers, and has sent nothing that nobody has read yet, or
    /// that was read and is on its way to becoming a request: its descriptor is free when this returns.
    /// </summary>
    public bool TryCloseSilent()
    {
        lock (Gate)
        {
            if (_isClosed || SilentSince is null || (_isServed && !_reader.IsIdle)) return false;
            if (_writer.UnflushedBytes > 0 || SocketCalls.HasBytes(Descriptor)) return false;
            CloseSocket();
            if (!_isServed) return true; // nobody knows it, so nobody has to be told
        }

        EndAll(new ConnectionAbortedException("the connection was silent while others needed its descriptor"));
        return true;
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        lock (Gate)
        {
            if (!_isClosed) _ = SocketCalls.Shutdown(Descriptor, SocketCalls.ShutdownBoth);
        }

        EndAll(abortReason);
    }

    public override ValueTask DisposeAsync()
    {
        Close();
        return base.DisposeAsync();
    }

    public void Close()
    {
        lock (Gate)
        {
            if (_isClosed) return;
            CloseSocket();
        }

        _reader.Fail(new ConnectionAbortedException());
        _writer.Break();
        _closed.Cancel(); // at its end nobody waits for it any more: it is not worth a thread of the pool
    }

    /// <summary>
    /// With the gate held. The new loop is told at once what the socket is ready for, so nothing is missed; this event goes on
    /// where it is.
    /// </summary>
    private void MoveTo(EpollLoop loop)
    {
        var isAdded = loop.TryAdd(this, AllEvents);
        (isAdded ? _loop : loop).Remove(this);
        if (isAdded) _loop = loop; // else the kernel has no room for it there, and it stays
    }

    /// <summary>
    /// With the gate held: from here on nobody uses the descriptor, who may be another's when the gate is free.
    /// </summary>
    private void CloseSocket()
    {
        _isClosed = true;
        _reader.Close();
        _writer.Close();
        _loop.Forget(this);
        _socket.Dispose();
        _list.Remove(this);
    }

    private void EndAll(Exception reason)
    {
        _reader.Fail(reason);
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
