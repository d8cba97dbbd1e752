using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;
using BlobsServer.Linux;

namespace BlobsServer.Transport;

/// <summary>
/// What goes out on a connection: collected in blocks, and sent by the flush itself. Only what the socket does not take
/// waits for the event loop, and with it whoever flushed: nothing is queued beyond that.
/// </summary>
internal sealed class ConnectionWriter(EpollConnection connection, BlockPool pool) : PipeWriter, IValueTaskSource<FlushResult>
{
    private const int MaxVectors = 32;

    private readonly BlockChain _chain = new(pool);
    private ManualResetValueTaskSourceCore<FlushResult> _waiter;
    private bool _isWaiting;
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

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        lock (connection.Gate)
        {
            if (TrySend(out var result)) return new ValueTask<FlushResult>(result);
            _waiter.Reset();
            _isWaiting = true;
            return new ValueTask<FlushResult>(this, _waiter.Version);
        }
    }

    /// <summary>The loop saw that the socket takes bytes again.</summary>
    public void OnWritable()
    {
        FlushResult result;
        lock (connection.Gate)
        {
            if (!_isWaiting || !TrySend(out result)) return;
            _isWaiting = false;
        }

        _waiter.SetResult(result);
    }

    public override void CancelPendingFlush()
    {
        lock (connection.Gate)
        {
            _isCancelled = true;
            if (!_isWaiting) return;
            _isWaiting = false;
            _isCancelled = false;
        }

        Release(new FlushResult(isCanceled: true, isCompleted: false));
    }

    /// <summary>The connection is gone: what was not sent never will be.</summary>
    public void Break()
    {
        lock (connection.Gate)
        {
            _isBroken = true;
            if (!_isWaiting) return;
            _isWaiting = false;
        }

        Release(new FlushResult(isCanceled: false, isCompleted: true));
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

    FlushResult IValueTaskSource<FlushResult>.GetResult(short token) => _waiter.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<FlushResult>.GetStatus(short token) => _waiter.GetStatus(token);

    void IValueTaskSource<FlushResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiter.OnCompleted(continuation, state, token, flags);

    private void Release(FlushResult result) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static state => state.Writer._waiter.SetResult(state.Result), (Writer: this, Result: result), preferLocal: false);

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
            _ = connection.LostBy(errno);
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
