using System.Threading.Tasks.Sources;

namespace Transport;

/// <summary>
/// One who waits for a result of a connection, at most one at a time. That he waits, and that he no longer does, is decided
/// with the connection's gate held; he is told afterwards, without it, because what he does next runs inside that call.
/// </summary>
internal sealed class Waiter<T> : IValueTaskSource<T>
{
    private ManualResetValueTaskSourceCore<T> _core;

    public bool IsWaiting { get; private set; }

    /// <summary>With the gate held: somebody waits from now on.</summary>
    public ValueTask<T> Wait()
    {
        _core.Reset();
        IsWaiting = true;
        return new ValueTask<T>(this, _core.Version);
    }

    /// <summary>With the gate held: whether there was somebody, whom the caller then has to tell.</summary>
    public bool TryTake()
    {
        var wasWaiting = IsWaiting;
        IsWaiting = false;
        return wasWaiting;
    }

    /// <summary>He goes on inside this call.</summary>
    public void Tell(T result) => _core.SetResult(result);

    /// <inheritdoc cref="Tell(T)"/>
    public void Tell(Exception failure) => _core.SetException(failure);

    /// <summary>
    /// He goes on elsewhere: for callers that are not to run the connection's code, such as a time-out or a stop.
    /// </summary>
    public void TellOnPool(T result) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static told => told.Waiter.Tell(told.Result), (Waiter: this, Result: result), preferLocal: false);

    /// <inheritdoc cref="TellOnPool(T)"/>
    public void TellOnPool(Exception failure) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static told => told.Waiter.Tell(told.Failure), (Waiter: this, Failure: failure), preferLocal: false);

    T IValueTaskSource<T>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
