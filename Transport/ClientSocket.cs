using System.Net;
using System.Net.Sockets;
using Linux;

namespace Transport;

/// <summary>
/// A connection that this process made, to a store, on a loop that also runs the connections of those who ask: who waits for
/// it goes on inside the loop's call, so an answer is sent by the thread that saw the store's reply. One may receive and one
/// may send at a time.
/// </summary>
internal sealed class ClientSocket : IEventTarget, IDisposable
{
    private const uint AllEvents = Epoll.Readable | Epoll.Writable | Epoll.PeerClosed | Epoll.EdgeTriggered;

    private readonly Lock _gate = new(); // held while the descriptor is used, and never while somebody goes on
    private readonly Waiter<int> _receiver = new();
    private readonly Waiter<int> _sender = new();
    private readonly Socket _socket;
    private readonly EpollLoop _loop;
    private Memory<byte> _room;
    private ReadOnlyMemory<byte> _unsent;
    private bool _mayHaveMore = true;
    private bool _hasHungUp;
    private bool _isClosed;

    private ClientSocket(EndPoint endpoint, EpollLoops loops)
    {
        _socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, Blocking = false };
        (_loop, Number, Descriptor) = (loops.First, EpollLoops.NewNumber(), (int)_socket.Handle);
        try
        {
            _socket.Connect(endpoint);
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // It says later how that ended.
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        if (_loop.TryAdd(this, AllEvents)) return;
        _socket.Dispose();
        throw SystemCallException.Last("epoll_ctl");
    }

    public int Descriptor { get; }

    public uint Number { get; }

    /// <summary>Tries the host's addresses in turn.</summary>
    /// <exception cref="SocketException">None of them takes connections.</exception>
    public static async Task<ClientSocket> ConnectAsync(
        string host, int port, EpollLoops loops, CancellationToken cancellation) =>
        await ConnectAsync(await Dns.GetHostAddressesAsync(host, cancellation), port, loops, cancellation);

    /// <inheritdoc cref="ConnectAsync(string, int, EpollLoops, CancellationToken)"/>
    internal static async Task<ClientSocket> ConnectAsync(
        IPAddress[] addresses, int port, EpollLoops loops, CancellationToken cancellation)
    {
        SocketException? refusal = null;
        foreach (var address in addresses)
        {
            try
            {
                var socket = new ClientSocket(new IPEndPoint(address, port), loops);
                await socket.UseAsync(async () => await socket.SendAsync(default), cancellation); // nothing can be sent before
                return socket;
            }
            catch (SocketException failure)
            {
                refusal = failure;
            }
        }

        throw refusal ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>Does something that the socket does not survive when it fails or is cancelled.</summary>
    public async Task UseAsync(Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await using var registration = cancellation.Register(Dispose);
            await work();
        }
        catch (Exception failure)
        {
            Dispose();
            if (failure is ObjectDisposedException) cancellation.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <returns>How many bytes came; 0 at the end.</returns>
    /// <exception cref="SocketException">Through the task: the connection is lost.</exception>
    public ValueTask<int> ReceiveAsync(Memory<byte> room)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _room = room;
            return Receive() is { } outcome ? outcome.AsTask() : _receiver.Wait();
        }
    }

    /// <summary>Sends all of it.</summary>
    /// <exception cref="SocketException">Through the task: the connection is lost.</exception>
    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _unsent = bytes;
            return Send() is { } outcome ? outcome.AsTask() : _sender.Wait();
        }
    }

    public void OnEvent(uint events)
    {
        Outcome? received = null, sent = null;
        lock (_gate)
        {
            if (_isClosed) return;
            _hasHungUp |= (events & (Epoll.PeerClosed | Epoll.Failed)) != 0;
            _mayHaveMore |= _hasHungUp || (events & Epoll.Readable) != 0;
            if (_sender.IsWaiting) sent = Send();
            if (sent is not null) _sender.TryTake();
            if (_receiver.IsWaiting) received = Receive();
            if (received is not null) _receiver.TryTake();
        }

        sent?.TellTo(_sender);
        received?.TellTo(_receiver);
    }

    public void Dispose()
    {
        bool wasReceiving, wasSending;
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            _loop.Remove(this);
            _socket.Dispose();
            (wasReceiving, wasSending) = (_receiver.TryTake(), _sender.TryTake());
        }

        // Who closes it is not to run what others do next.
        if (wasReceiving) _receiver.TellOnPool(new ObjectDisposedException(nameof(ClientSocket)));
        if (wasSending) _sender.TellOnPool(new ObjectDisposedException(nameof(ClientSocket)));
    }

    /// <summary>With the gate held: null when nothing came yet.</summary>
    private Outcome? Receive()
    {
        if (!_mayHaveMore) return null;
        var count = _socket.Receive(_room.Span, SocketFlags.None, out var error);
        // Fewer bytes than there was room for: the socket is empty, and new bytes will be a new event (epoll(7)).
        _mayHaveMore = _hasHungUp || (error == SocketError.Success && count == _room.Length);
        return error == SocketError.WouldBlock ? null : new Outcome(count, error);
    }

    /// <summary>With the gate held: null when the socket is full and something is left.</summary>
    private Outcome? Send()
    {
        while (true)
        {
            var count = _socket.Send(_unsent.Span, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock) return null;
            _unsent = _unsent[count..];
            if (error != SocketError.Success || _unsent.IsEmpty) return new Outcome(count, error);
        }
    }

    private readonly record struct Outcome(int Count, SocketError Error)
    {
        private SocketException? Failure => Error == SocketError.Success ? null : new SocketException((int)Error);

        public ValueTask<int> AsTask() =>
            Failure is { } failure ? ValueTask.FromException<int>(failure) : new ValueTask<int>(Count);

        public void TellTo(Waiter<int> waiter)
        {
            if (Failure is { } failure) waiter.Tell(failure);
            else waiter.Tell(Count);
        }
    }
}
