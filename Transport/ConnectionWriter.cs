using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Linux;

namespace Transport;

/// <summary>
/// What goes out on a connection: collected in blocks, and sent by the flush itself. Only what the socket does not take
/// waits for the event loop, and with it whoever flushed: nothing is queued beyond that.
/// </summary>
internal sealed class ConnectionWriter(EpollConnection connection) : PipeWriter
{
    private const int MaxVectors = 32;

    private readonly BlockChain _chain = new(connection);
    private readonly Waiter<FlushResult> _waiter = new();
    private bool _isCancelled;
    private bool _isBroken;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _chain.Length;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        var block = _chain.Reserve(Math.Max(sizeHint, 1), BlockPool.SmallBytes);
        return block.Bytes.AsMemory(block.End);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes) => _chain.Commit(bytes);

    /// <summary>Whether nothing can be sent any more.</summary>
    public bool IsBroken => Volatile.Read(ref _isBroken);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        lock (connection.Gate)
        {
            if (!connection.MayGoOn()) return _waiter.Wait();
            return TrySend(out var result) ? new ValueTask<FlushResult>(result) : _waiter.Wait();
        }
    }

    /// <summary>
    /// With the gate held: whether somebody waits and need not any longer; he is to be told with <see cref="Tell"/>.
    /// </summary>
    public bool TryGoOn(out FlushResult result)
    {
        result = default;
        return _waiter.IsWaiting && TrySend(out result) && _waiter.TryTake();
    }

    public void Tell(FlushResult result) => _waiter.Tell(result);

    public override void CancelPendingFlush()
    {
        lock (connection.Gate)
        {
            _isCancelled = true;
            if (!_waiter.TryTake()) return;
            _isCancelled = false;
        }

        _waiter.TellOnPool(new FlushResult(isCanceled: true, isCompleted: false));
    }

    /// <summary>With the gate held: the socket is not to be used again.</summary>
    public void Close() => _isBroken = true;

    /// <summary>The connection is gone: what was not sent never will be.</summary>
    public void Break()
    {
        lock (connection.Gate)
        {
            _isBroken = true;
            if (!_waiter.TryTake()) return;
        }

        _waiter.TellOnPool(new FlushResult(isCanceled: false, isCompleted: true));
    }

    public override void Complete(Exception? exception = null)
    {
        lock (connection.Gate)
        {
            if (!_isBroken) TrySend(out _);
            _isBroken = true;
            _chain.Clear();
        }
    }

    /// <summary>With the gate held: false when the socket is full and something is left.</summary>
    private bool TrySend(out FlushResult result)
    {
        while (_chain.Length > 0 && !_isBroken && !_isCancelled)
        {
            var sent = SendSome();
            if (sent >= 0)
            {
                _chain.Take(sent);
                continue;
            }

            var errno = Marshal.GetLastPInvokeError();
            if (errno == Errno.Interrupted) continue;
            if (errno == Errno.TryAgain)
            {
                result = default;
                return false;
            }

            _isBroken = true;
            _ = connection.LostBy("sendmsg", errno);
        }

        if (_isBroken) _chain.Clear();
        result = new FlushResult(_isCancelled, _isBroken);
        _isCancelled = false;
        return true;
    }

    private unsafe nint SendSome()
    {
        var vectors = stackalloc IoVector[MaxVectors];
        var count = 0;
        foreach (var memory in _chain.Sequence)
        {
            if (count == MaxVectors) break;
            // The blocks' memory is pinned, so its address holds.
            fixed (byte* start = memory.Span) vectors[count++] = new IoVector { Start = start, Length = memory.Length };
        }

        var message = new MessageHeader { Vectors = vectors, VectorCount = count };
        return SocketCalls.SendMessage(connection.Descriptor, message, SocketCalls.NoSignal);
    }
}
