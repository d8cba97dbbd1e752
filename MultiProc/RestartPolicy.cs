using System.Collections.Immutable;

namespace MultiProc;

/// <summary>An exit that nobody asked for, on the monotonic clock.</summary>
/// <param name="StartedAt">When it was started.</param>
/// <param name="At">When it ended.</param>
/// <param name="WasReady">Whether the process had answered its probe since it started.</param>
/// <param name="Killed">Whether SIGKILL ended it, which says nothing of what the next start will do.</param>
internal sealed record ProcessExit(TimeSpan StartedAt, TimeSpan At, bool WasReady, bool Killed);

/// <summary>What is remembered of a process's exits.</summary>
/// <param name="Streak">Exits since it was last healthy.</param>
/// <param name="FailedStarts">When it ended before it was ready, in the last <see cref="RestartPolicy.IntensityWindow"/>.</param>
/// <param name="Degraded">Whether it failed to start too often and is now tried once a minute only.</param>
internal sealed record RestartHistory(int Streak, ImmutableArray<TimeSpan> FailedStarts, bool Degraded)
{
    public static RestartHistory Healthy { get; } = new(0, [], Degraded: false);
}

/// <summary>When to start again, and what to remember until then.</summary>
internal sealed record RestartDecision(TimeSpan Delay, RestartHistory History);

/// <summary>
/// Whether and when a process that ended by itself is started again. Two kinds of exit differ. One that ended before it
/// was ready will probably do so again: the delays double from 0.1 s to 5 s, and after five in 30 s it is degraded and
/// tried once a minute. One that had been ready can start: the delays end at 0.5 s however often that happens, because
/// each worker that is missing costs clients more than trying costs us. One that somebody killed is back after 0.1 s.
/// A process that ran for a minute is healthy again.
/// </summary>
internal static class RestartPolicy
{
    public const int FailedStartsAllowed = 5;
    public static readonly TimeSpan IntensityWindow = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan HealthyAfter = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan LongestDelayAfterReady = TimeSpan.FromMilliseconds(500);
    public static readonly TimeSpan DegradedDelay = TimeSpan.FromMinutes(1);

    public static RestartDecision After(RestartHistory history, ProcessExit exit)
    {
        if (exit.At - exit.StartedAt >= HealthyAfter) history = RestartHistory.Healthy;
        if (exit.Killed && !exit.WasReady) return new(FirstDelay, history);
        var streak = exit.Killed ? history.Streak : history.Streak + 1;
        if (exit.WasReady)
        {
            var delay = exit.Killed ? FirstDelay : Backoff(streak, LongestDelayAfterReady);
            return new(delay, new(streak, [], Degraded: false));
        }

        ImmutableArray<TimeSpan> failedStarts =
            [.. history.FailedStarts.Where(at => exit.At - at <= IntensityWindow), exit.At];
        var degraded = history.Degraded || failedStarts.Length >= FailedStartsAllowed;
        return new(degraded ? DegradedDelay : Backoff(streak, LongestDelay), new(streak, failedStarts, degraded));
    }

    private static TimeSpan Backoff(int streak, TimeSpan longest)
    {
        // 2^10 x 0.1 s is far past any longest delay; shifting further would overflow.
        var delay = FirstDelay * (1 << Math.Min(streak - 1, 10));
        return delay < longest ? delay : longest;
    }
}
