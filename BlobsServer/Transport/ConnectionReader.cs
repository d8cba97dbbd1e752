using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;
using BlobsServer.Linux;

namespace BlobsServer.Transport;

/// <summary>
/// What comes in on a connection. Bytes are received when they are asked for and not before, straight into the blocks that
/// the parser reads; who waits goes on inside the event loop's call, on the thread that saw the event.
/// </summary>
internal sealed class ConnectionReader(EpollConnection connection, BlockPool pool) : PipeReader, IValueTaskSource<ReadResult>
{
    private const int LeastReceiveBytes = 2048;

    private readonly BlockChain _chain = new(pool);
    private ManualResetValueTaskSourceCore<ReadResult> _waiter;
    private bool _isWaiting;
    private bool _isExamined = true;
    private bool _isCancelled;
    private bool _hasEnded;
    private bool _mayHaveMore = true;
    private bool _hasHungUp;
    private bool _wasFull;
    private Exception? _failure;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        lock (connection.Gate)
        {
            if (TryTake(out var result)) return new ValueTask<ReadResult>(result);
            if (_failure is not null) return ValueTask.FromException<ReadResult>(_failure);
            _waiter.Reset();
            _isWaiting = true;
            return new ValueTask<ReadResult>(this, _waiter.Version);
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        lock (connection.Gate)
        {
            return TryTake(out result);
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        lock (connection.Gate)
        {
            _isExamined = _chain.IsEnd(examined);
            _chain.TakeUntil(consumed);
        }
    }

    /// <summary>The loop saw that there may be something to read.</summary>
    public void OnReadable(bool hasHungUp)
    {
        ReadResult result;
        lock (connection.Gate)
        {
            _mayHaveMore = true;
            _hasHungUp |= hasHungUp;
            if (!_isWaiting || (!TryTake(out result) && _failure is null)) return;
            _isWaiting = false;
        }

        Finish(result);
    }

    public override void CancelPendingRead()
    {
        ReadResult result;
        lock (connection.Gate)
        {
            _isCancelled = true;
            if (!_isWaiting || !TryTake(out result)) return;
            _isWaiting = false;
        }

        // Whoever cancels (a time-out, a stop) is not to run the connection's code.
        ThreadPool.UnsafeQueueUserWorkItem(
            static state => state.Reader.Finish(state.Result), (Reader: this, Result: result), preferLocal: false);
    }

    /// <summary>The connection is gone, whoever ended it: nobody is left waiting.</summary>
    public void Fail(Exception failure)
    {
        lock (connection.Gate)
        {
            _failure ??= failure;
            if (!_isWaiting) return;
            _isWaiting = false;
        }

        ThreadPool.UnsafeQueueUserWorkItem(
            static reader => reader._waiter.SetException(reader._failure!), this, preferLocal: false);
    }

    public override void Complete(Exception? exception = null)
    {
        lock (connection.Gate)
        {
            _chain.Clear();
            _isExamined = true;
            _failure ??= new InvalidOperationException("the reader was completed");
        }
    }

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => _waiter.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _waiter.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiter.OnCompleted(continuation, state, token, flags);

    private void Finish(ReadResult result)
    {
        if (_failure is not null) _waiter.SetException(_failure);
        else _waiter.SetResult(result);
    }

    /// <summary>With the gate held: what a reader gets now, if he gets anything.</summary>
    private bool TryTake(out ReadResult result)
    {
        if (_isExamined && !_hasEnded && !_isCancelled && _failure is null) Receive();
        if (_isExamined && !_hasEnded && !_isCancelled)
        {
            result = default;
            return false;
        }

        result = new ReadResult(_chain.Sequence, _isCancelled, _hasEnded);
        _isCancelled = false;
        return true;
    }

    private unsafe void Receive()
    {
        while (_mayHaveMore)
        {
            var block = _chain.Reserve(LeastReceiveBytes, _wasFull ? BlockPool.LargeBytes : BlockPool.SmallBytes);
            nint count;
            fixed (byte* start = &block.Bytes[block.End])
            {
                count = SocketCalls.Receive(connection.Descriptor, start, block.FreeBytes, 0);
            }

            if (count > 0)
            {
                // Fewer bytes than there was room for: the socket is empty, and new bytes will be a new event (epoll(7)).
                _wasFull = count == block.FreeBytes;
                _mayHaveMore = _wasFull || _hasHungUp;
                _chain.Commit((int)count);
                _isExamined = false;
                return;
            }

            if (count == 0)
            {
                _hasEnded = true;
                _mayHaveMore = false;
            }
            else
            {
                HandleError(Marshal.GetLastPInvokeError());
            }
        }

        if (_chain.Length == 0) _chain.Clear(); // an idle connection holds no memory
    }

    private void HandleError(int errno)
    {
        if (errno == Errno.Interrupted) return;
        _mayHaveMore = false;
        if (errno != Errno.TryAgain) _failure = connection.LostBy(errno);
    }
}
