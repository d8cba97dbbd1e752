namespace MultiProc.Tests;

/// <summary>A clock that moves only when a test says so; timers fire in order while it moves.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Now => _now;

    public override long GetTimestamp() => _now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_lock) _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves on to each timer that is due until then, and lets what waits for it run.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        var until = _now + by;
        while (true)
        {
            // What a timer wakes runs on the pool and may wait for the clock again.
            for (var turn = 0; turn < 20; turn++) await Task.Yield();
            await Task.Delay(1);
            ManualTimer? next;
            lock (_lock) next = _timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due);
            if (next is null) break;
            _now = next.Due > _now ? next.Due : _now;
            next.Fire();
        }

        _now = until;
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

        public void Fire()
        {
            Due = TimeSpan.MaxValue;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : time._now + dueTime;
            return true;
        }

        public void Dispose()
        {
            lock (time._lock) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
