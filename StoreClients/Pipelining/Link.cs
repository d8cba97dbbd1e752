using System.Buffers;
using System.Net.Sockets;
using Transport;

namespace StoreClients.Pipelining;

/// <summary>
/// One socket from its first call to its end. Callers append to a buffer; whoever finds nobody sending sends it, and what
/// is appended meanwhile goes together in the next send. One loop reads replies and completes the calls they belong to.
/// After the end nothing is pending, and no call is taken.
/// </summary>
internal sealed class Link<TReply> : IDisposable
{
    // How much is read at once, at least.
    private const int ReceiveBytes = 16 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, PendingCall<TReply>> _pending = [];
    private readonly ClientSocket _socket;
    private readonly IWire<TReply> _wire;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ITimer _clock;

    private ArrayBufferWriter<byte> _waiting = new();
    private ArrayBufferWriter<byte> _leaving = new();
    private bool _isSending;
    private ulong _lastId;
    private long _receivedAt;
    private StoreUnavailableException? _end;

    /// <param name="socket">Connected, and past its handshake; owned from here on.</param>
    /// <param name="wire">Its protocol.</param>
    /// <param name="lastId">The id of the last call of the handshake.</param>
    /// <param name="timeout">What a call may take.</param>
    /// <param name="time">The clock.</param>
    public Link(ClientSocket socket, IWire<TReply> wire, ulong lastId, TimeSpan timeout, TimeProvider time)
    {
        (_socket, _wire, _lastId, _timeout, _time) = (socket, wire, lastId, timeout, time);
        var period = timeout / 10;
        _clock = time.CreateTimer(_ => FailOverdue(), null, period, period);
        _ = ReceiveAllAsync();
    }

    public bool HasEnded
    {
        get { lock (_gate) return _end is not null; }
    }

    /// <returns>The reply to come; null when this link has ended and nothing was sent.</returns>
    public Task<TReply>? TryCall(byte kind, ReadOnlySpan<byte> body)
    {
        var call = new PendingCall<TReply>(_time.GetTimestamp());
        bool isSender;
        lock (_gate)
        {
            if (_end is not null) return null;
            _pending.Add(++_lastId, call);
            _wire.Frame(_waiting, _lastId, kind, body);
            isSender = !_isSending;
            _isSending = true;
        }

        if (isSender) _ = SendAsync();
        return call.Task;
    }

    public void Dispose() => End("the connection was closed", null);

    private async Task SendAsync()
    {
        try
        {
            for (var isFirst = true; ; isFirst = false)
            {
                lock (_gate)
                {
                    _isSending = _waiting.WrittenCount > 0 && _end is null;
                    if (!_isSending) return;
                    (_waiting, _leaving) = (_leaving, _waiting);
                }

                // The caller whose thread this is waits for one reply only: what others appended is sent elsewhere.
                if (!isFirst) await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                await _socket.SendAsync(_leaving.WrittenMemory);
                _leaving.ResetWrittenCount();
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            End($"the connection was lost: {failure.Message}", failure);
        }
    }

    private async Task ReceiveAllAsync()
    {
        var received = new ReceivedBytes();
        try
        {
            while (true)
            {
                var count = await _socket.ReceiveAsync(received.Free(ReceiveBytes));
                if (count == 0)
                {
                    End("the store closed the connection", null);
                    return;
                }

                Volatile.Write(ref _receivedAt, _time.GetTimestamp());
                received.Add(count);
                Complete(received);
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException or MalformedReplyException)
        {
            End($"the connection was lost: {failure.Message}", failure);
        }
    }

    private void Complete(ReceivedBytes received)
    {
        while (_wire.TryRead(received.Span, out var used, out var id, out var reply))
        {
            received.Use(used);
            PendingCall<TReply>? call;
            lock (_gate)
            {
                if (id > _lastId) throw new MalformedReplyException($"a reply to call {id}, and only {_lastId} were made");
                _pending.Remove(id, out call); // nobody waits for what came too late
            }

            call?.Answer(reply);
        }
    }

    /// <summary>
    /// Fails what waited too long. When nothing at all came in that time, the other end is gone: so is the link.
    /// </summary>
    private void FailOverdue()
    {
        List<PendingCall<TReply>> overdue = [];
        bool isSilent;
        lock (_gate)
        {
            foreach (var (id, call) in _pending)
            {
                if (_time.GetElapsedTime(call.StartedAt) < _timeout) continue;
                overdue.Add(call);
                _pending.Remove(id);
            }

            if (overdue.Count == 0) return;
            var receivedAt = Volatile.Read(ref _receivedAt);
            isSilent = overdue.TrueForAll(call => call.StartedAt > receivedAt);
        }

        var message = $"no reply within {_timeout.TotalSeconds:0.###} s";
        if (isSilent) End(message, null); // first: who is told asks again, and not here
        foreach (var call in overdue) call.TrySetException(new StoreUnavailableException(message, mayHaveHappened: true));
    }

    private void End(string why, Exception? cause)
    {
        PendingCall<TReply>[] lost;
        lock (_gate)
        {
            if (_end is not null) return;
            _end = new StoreUnavailableException(why, mayHaveHappened: true, cause);
            lost = [.. _pending.Values];
            _pending.Clear();
        }

        _clock.Dispose();
        _socket.Dispose();
        foreach (var call in lost) call.TrySetException(new StoreUnavailableException(why, mayHaveHappened: true, cause));
    }
}
