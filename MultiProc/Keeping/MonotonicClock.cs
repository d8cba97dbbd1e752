namespace MultiProc.Keeping;

/// <summary>Time since the supervisor started, which no change of the wall clock moves.</summary>
internal sealed class MonotonicClock(TimeProvider time)
{
    private readonly long _origin = time.GetTimestamp();

    public TimeProvider Time { get; } = time;

    public TimeSpan Now => Time.GetElapsedTime(_origin);
}
