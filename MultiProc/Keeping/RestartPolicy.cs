namespace MultiProc.Keeping;

/// <summary>How a process ended that nobody had asked to end.</summary>
internal enum ExitKind
{
    /// <summary>Before it had answered its probe: by itself, killed by whomever, or by us because its time was up.</summary>
    BeforeReady,

    /// <summary>By itself or killed by somebody, after it had answered.</summary>
    AfterReady,

    /// <summary>It had answered, fell silent, and we killed it.</summary>
    Hung,
}

/// <summary>An exit that nobody asked for.</summary>
/// <param name="Ran">From its start to its end.</param>
/// <param name="Kind">How it ended.</param>
internal sealed record ProcessExit(TimeSpan Ran, ExitKind Kind);

/// <summary>What is remembered of a process's exits.</summary>
/// <param name="Streak">Exits since it was last healthy.</param>
/// <param name="FailedStarts">How often in a row it ended before it was ready.</param>
/// <param name="Hangs">How often it hung since it was last healthy.</param>
internal sealed record RestartHistory(int Streak, int FailedStarts, int Hangs)
{
    public static RestartHistory Healthy { get; } = new(0, 0, 0);

    /// <summary>Whether it failed too often and is now tried once a minute only.</summary>
    public bool Degraded => FailedStarts >= RestartPolicy.FailuresAllowed || Hangs >= RestartPolicy.FailuresAllowed;
}

/// <summary>When to start again, and what to remember until then.</summary>
internal sealed record RestartDecision(TimeSpan Delay, RestartHistory History);

/// <summary>
/// Whether and when a process that ended by itself is started again. One that ended before it was ready will probably do
/// so again, whatever ended it: the delays double from 0.1 s to 5 s, and after five in a row, however long each took, it is
/// degraded and tried once a minute. So is one that hung five times without a healthy minute. One that ended after it had
/// been ready can start: the delays end at 0.5 s however often that happens, because each worker that is missing costs
/// clients more than trying costs us. A process that ran for a minute and did not hang is healthy again.
/// </summary>
internal static class RestartPolicy
{
    public const int FailuresAllowed = 5;
    public static readonly TimeSpan HealthyAfter = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan LongestDelayAfterReady = TimeSpan.FromMilliseconds(500);
    public static readonly TimeSpan DegradedDelay = TimeSpan.FromMinutes(1);

    public static RestartDecision After(RestartHistory history, ProcessExit exit)
    {
        if (exit.Kind == ExitKind.AfterReady && exit.Ran >= HealthyAfter) history = RestartHistory.Healthy;
        var next = new RestartHistory(
            Streak: Math.Min(history.Streak + 1, int.MaxValue - 1),
            FailedStarts: exit.Kind == ExitKind.BeforeReady ? Math.Min(history.FailedStarts + 1, FailuresAllowed) : 0,
            Hangs: exit.Kind == ExitKind.Hung ? Math.Min(history.Hangs + 1, FailuresAllowed) : history.Hangs);
        if (next.Degraded) return new(DegradedDelay, next);
        return new(Backoff(next.Streak, exit.Kind == ExitKind.BeforeReady ? LongestDelay : LongestDelayAfterReady), next);
    }

    private static TimeSpan Backoff(int streak, TimeSpan longest)
    {
        // 2^10 x 0.1 s is far past any longest delay; shifting further would overflow.
        var delay = FirstDelay * (1 << Math.Min(streak - 1, 10));
        return delay < longest ? delay : longest;
    }
}
