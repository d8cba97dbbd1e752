namespace StudyResults;

/// <summary>
/// Whether something else used the machine inside a run's window, read off the run's own record. It looks at what nobody of ours
/// used and at nothing that the run measured, so leaving such a run out can't favour an outcome.
/// </summary>
/// <remarks>
/// The bounds come from the stored studies of 325 runs: in windows of a second and more the others' share was under 2.3 % in nine
/// of ten and under 11 % in all (their softirq included, which newer records tell apart); with something else running it was 25
/// to 48 %. Stolen time was at most 1.3 %.
/// </remarks>
public sealed record Disturbance
{
    /// <summary>More than this share of the machine, in a long window.</summary>
    public const double MostOthersRatio = 0.08;

    /// <summary>More than this share of the machine, in a long window.</summary>
    public const double MostStealRatio = 0.05;

    /// <summary>What the kernel may spend on packets for nobody, where the record does not tell it apart.</summary>
    private const double UnknownSoftirqRatio = 0.05;

    /// <summary>/proc/stat counts in steps of 10 ms: each processor may be off by one at either edge of the window.</summary>
    private const double TicksSeconds = 0.02;

    /// <summary>
    /// The share of the processors' time that was neither idle nor used by client, proxy, workers, store or the network's
    /// softirq; null where one of them is not known. Steps of counting can make it a little negative.
    /// </summary>
    public double? OthersRatio { get; init; }

    /// <summary>The share that other machines on the same host took; null where nobody read it.</summary>
    public double? StealRatio { get; init; }

    /// <summary>What either share may be in a window of this length.</summary>
    public required double AllowanceRatio { get; init; }

    /// <summary>Older records don't tell the kernel's work on packets apart from others'.</summary>
    public bool IsSoftirqKnown { get; init; } = true;

    /// <summary>Others' processes had more than their bound.</summary>
    public bool ByOthers => OthersRatio > MostOthersRatio + AllowanceRatio + (IsSoftirqKnown ? 0 : UnknownSoftirqRatio);

    /// <summary>Other machines had more than their bound.</summary>
    public bool BySteal => StealRatio > MostStealRatio + AllowanceRatio;

    public bool IsDisturbed => ByOthers || BySteal;

    public static Disturbance Of(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var allowance = TicksSeconds / record.ElapsedSeconds;
        if (record.MachineCpu is not { } cpu) return new Disturbance { AllowanceRatio = allowance };
        var all = cpu.Sum();
        if (!(all > 0)) return new Disturbance { AllowanceRatio = allowance };
        return new Disturbance
        {
            AllowanceRatio = allowance,
            IsSoftirqKnown = cpu.SoftirqSeconds is not null,
            StealRatio = cpu.StealSeconds / all,
            OthersRatio = OursSeconds(record) is { } ours ? (cpu.BusySeconds - (cpu.SoftirqSeconds ?? 0) - ours) / all : null,
        };
    }

    /// <summary>Null where a component is there and nobody read its CPU: its work would pass for somebody else's.</summary>
    private static double? OursSeconds(RunRecord record)
    {
        var cpu = record.CpuSeconds;
        if (cpu is not { Client: { } client, Workers: { } workers }) return null;
        if (cpu.Store is null && record.StoreEngine is not null) return null;
        // A way in without a process of its own has no CPU to read; a proxy that nobody read is another matter.
        if (cpu.Proxy is null && record.ProxyRequests is not null) return null;
        return client + (cpu.Proxy ?? 0) + workers.Sum() + (cpu.Store ?? 0);
    }
}
