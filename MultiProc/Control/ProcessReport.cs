namespace MultiProc.Control;

/// <summary>One process: figures are null where nobody can tell.</summary>
internal record ProcessReport
{
    public required int Port { get; init; }

    public required int? Pid { get; init; }

    /// <summary>waiting, starting, ready, draining, stopping, failed or stopped.</summary>
    public required string State { get; init; }

    /// <summary>Starts that followed an exit that nobody asked for.</summary>
    public required int Restarts { get; init; }

    /// <summary>
    /// User and system time of it and of all that it started, of those before it too when it was started again. Where there
    /// are no control groups, of each that ended as it was last seen, at most five seconds before its end.
    /// </summary>
    public required double? CpuSeconds { get; init; }

    public required long? RssBytes { get; init; }

    /// <summary>
    /// Of a worker, requests that HAProxy handed to it; of HAProxy, those that it took. Restarts of either do not begin
    /// them anew; those that a HAProxy took after it was last asked are lost with it. Where the way in counts none, what the
    /// worker counted since it started, if it was asked for (--request-counter).
    /// </summary>
    public required long? Requests { get; init; }

    /// <summary>The limits in force, as the kernel has them.</summary>
    public required ProcessLimitsReport Limits { get; init; }

    /// <summary>What the limit of processor time did; null without one.</summary>
    public required ThrottledReport? Throttled { get; init; }

    /// <summary>The busiest threads of it and of all that it started, at most eight, the busiest first.</summary>
    public required IReadOnlyList<ThreadReport> BusiestThreads { get; init; }

    /// <summary>What it printed last, at most five lines: mostly why it ended.</summary>
    public required IReadOnlyList<string> LastWords { get; init; }

    /// <summary>How long its threads that live, and those of all that it started, were ready to run and did not.</summary>
    public required double RunQueueWaitSeconds { get; init; }
}

/// <summary>
/// Limits of one process and of all that it started; null where there is none, the processors also while it does not run.
/// </summary>
internal sealed record ProcessLimitsReport(double? CpuCores, int? MemoryMiB, IReadOnlyList<int>? Cpus);

/// <summary>Periods in which it wanted to run, those in which its limit made it wait, and for how long.</summary>
internal sealed record ThrottledReport(long Periods, long ThrottledPeriods, double Seconds);

/// <summary>One thread, and its user and system time.</summary>
internal sealed record ThreadReport(int Tid, double CpuSeconds);
