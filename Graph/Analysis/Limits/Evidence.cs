namespace Graph.Analysis.Limits;

/// <summary>What shows that something is at a limit, or that it is not.</summary>
internal enum EvidenceKind
{
    /// <summary>Time on a processor over the cap.</summary>
    Cap,

    /// <summary>Periods in which the cap stopped it, over all periods in which it had something to run (cpu.stat).</summary>
    Throttled,

    /// <summary>Time on a processor of the one thread that does nearly all the work.</summary>
    Thread,

    /// <summary>Time on a processor of a worker that keeps to about one core; nobody looked at its threads.</summary>
    OneCore,

    /// <summary>Runs in which one of the client's threads hardly ever had to wait for a reply.</summary>
    NeverWaited,

    /// <summary>Busy time of all processors, less what was stolen.</summary>
    Processors,

    /// <summary>Waiting for a processor, over waiting and running, of all that is ours.</summary>
    RunQueue,

    /// <summary>Time in which some task waited for a processor (PSI cpu some).</summary>
    CpuPressure,

    /// <summary>The kernel's work on packets, as a share of all processors' time.</summary>
    Softirq,

    /// <summary>Time in which some task waited for a disk (PSI io some).</summary>
    IoPressure,

    /// <summary>Time in which processors idled while a disk was waited for.</summary>
    DiskWait,

    /// <summary>Connections that waited for a reply on average (Little's law), over all connections.</summary>
    Waiting,
}

/// <summary>A figure that a limiter rests on.</summary>
/// <param name="Component">Whose it is.</param>
/// <param name="Kind">What was looked at.</param>
/// <param name="Ratio">1 for all of the limit.</param>
/// <param name="LimitCores">The limit in processors, where it is one; null otherwise.</param>
internal sealed record Evidence(Component Component, EvidenceKind Kind, double Ratio, double? LimitCores = null);
