using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Linux;
using Microsoft.AspNetCore.Connections;

namespace Transport;

/// <summary>
/// What comes in on a connection. Bytes are received when they are asked for and not before, straight into the blocks that
/// the parser reads; who waits goes on inside the event loop's call, on the thread that saw the event.
/// </summary>
internal sealed class ConnectionReader(EpollConnection connection) : PipeReader
{
    private const int LeastReceiveBytes = 2048;

    private readonly BlockChain _chain = new(connection);
    private readonly Waiter<ReadResult> _waiter = new();
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
            if (!connection.MayGoOn()) return _waiter.Wait();
            if (TryTake(out var result)) return new ValueTask<ReadResult>(result);
            return _failure is null ? _waiter.Wait() : ValueTask.FromException<ReadResult>(_failure);
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

    /// <summary>With the gate held: everything that was received has been looked at, and more is waited for.</summary>
    public bool IsIdle => _waiter.IsWaiting && _isExamined;

    /// <summary>With the gate held: the loop saw that there may be something to read.</summary>
    public void Expect(bool hasHungUp)
    {
        _mayHaveMore = true;
        _hasHungUp |= hasHungUp;
    }

    /// <summary>
    /// With the gate held: whether somebody waits and need not any longer; he is to be told with <see cref="Tell"/>.
    /// </summary>
    public bool TryGoOn(out ReadResult result)
    {
        result = default;
        return _waiter.IsWaiting && (TryTake(out result) || _failure is not null) && _waiter.TryTake();
    }

    public void Tell(ReadResult result)
    {
        if (_failure is not null) _waiter.Tell(_failure);
        else _waiter.Tell(result);
    }

    public override void CancelPendingRead()
    {
        ReadResult result;
        lock (connection.Gate)
        {
            _isCancelled = true;
            if (!TryGoOn(out result)) return;
        }

        if (_failure is not null) _waiter.TellOnPool(_failure);
        else _waiter.TellOnPool(result);
    }

    /// <summary>With the gate held: the socket is not to be used again.</summary>
    public void Close()
    {
        _mayHaveMore = false;
        _failure ??= new ConnectionAbortedException();
    }

    /// <summary>The connection is gone, whoever ended it: nobody is left waiting.</summary>
    public void Fail(Exception failure)
    {
        lock (connection.Gate)
        {
            _failure ??= failure;
            if (!_waiter.TryTake()) return;
        }

        _waiter.TellOnPool(_failure);
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
        if (errno != Errno.TryAgain) _failure = connection.LostBy("recv", errno);
    }
}
