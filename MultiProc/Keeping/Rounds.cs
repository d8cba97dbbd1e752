namespace MultiProc.Keeping;

/// <summary>
/// When processes are asked whether they live: all of them at once, because threads that wake for one question after the other
/// cost more than the questions do. Nobody waits longer for the next round than its interval.
/// </summary>
internal sealed class Rounds(TimeSpan interval, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Task _next = Task.CompletedTask;

    /// <summary>Returns at the next round, which is the same for all who wait.</summary>
    public Task WaitAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_next.IsCompleted) _next = Task.Delay(interval, time, CancellationToken.None);
            return _next.WaitAsync(cancellation);
        }
    }
}
