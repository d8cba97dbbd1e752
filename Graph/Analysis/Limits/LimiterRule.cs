using Graph.Analysis.Scenarios;

namespace Graph.Analysis.Limits;

/// <summary>
/// Names what is at its limit, from what was measured of each component. Who is full comes before who is nearly so; among those
/// that are full, what was set (a cap) or is one thread comes before the machine, since it explains more.
/// </summary>
internal static class LimiterRule
{
    public const double FullRatio = 0.95;

    public const double NearlyRatio = 0.85;

    /// <summary>A thread that does this much of its component's work is what the component waits for.</summary>
    public const double OneThreadRatio = 0.8;

    /// <summary>A cap that stops it in more periods than this holds it back.</summary>
    public const double NotableThrottling = 0.05;

    /// <summary>What its cap stops in so many periods is held back by it, however little it uses on average.</summary>
    public const double MostPeriods = 0.5;

    /// <summary>On a machine that is the limit, threads that are ready wait this much of their time.</summary>
    public const double NotableRunQueue = 0.2;

    private const double OneThread = 1;
    private const double MostOfOneCore = 1.05;
    private const double NotableIoPressure = 0.5;
    private const double NotableSoftirq = 0.1;
    private const double LittleTolerance = 0.1;

    /// <param name="usage">What the cell used.</param>
    /// <param name="conditions">What it ran under.</param>
    /// <param name="requestsUnderWay">By Little's law; null where there are no latencies.</param>
    /// <param name="isRateKept">Whether all was done that was due at a given rate.</param>
    public static Limiter Of(Usage usage, Conditions conditions, double? requestsUnderWay, bool isRateKept)
    {
        var found = Candidates(usage, conditions).ToList();
        if (found.FirstOrDefault(limiter => limiter.Fullness == Fullness.Full) is { } full) return full;
        if (found.MaxBy(limiter => limiter.BusyRatio) is { } nearly) return nearly;
        var nobodyLooked = NobodyLooked(usage);
        IReadOnlyList<Evidence> idle = nobodyLooked && usage.BusyRatio is null
            ? []
            : [new(Component.Machine, EvidenceKind.Processors, usage.MachineRatio, usage.MachineCores)];
        if (isRateKept) return new Limiter(LimiterKind.Rate, Fullness.None, [.. NearestToItsCap(usage), .. idle]);
        if (requestsUnderWay is not { } underWay || conditions.Concurrency is not { } connections || nobodyLooked)
            return new Limiter(LimiterKind.Unknown, Fullness.None, idle);
        var waiting = new Evidence(Component.Client, EvidenceKind.Waiting, underWay / connections);
        return new Limiter(
            waiting.Ratio >= 1 - LittleTolerance ? LimiterKind.Latency : LimiterKind.Unknown, Fullness.None, [waiting, .. idle]);
    }

    /// <summary>Who would be the limit first if more were due.</summary>
    private static List<Evidence> NearestToItsCap(Usage usage)
    {
        (Component Who, ComponentUsage? Used)[] all =
            [(Component.Store, usage.Store), (Component.Proxy, usage.Proxy), (Component.Workers, usage.BusiestWorker)];
        return all.Where(one => one.Used?.CapCores is not null).Select(one => OfCap(one.Who, one.Used!))
            .MaxBy(evidence => evidence.Max(one => one.Ratio)) ?? [];
    }

    /// <summary>How much of its cap it used, and how often that stopped it.</summary>
    private static List<Evidence> OfCap(Component component, ComponentUsage usage)
    {
        List<Evidence> evidence = [new(component, EvidenceKind.Cap, usage.Cores / usage.CapCores!.Value, usage.CapCores)];
        if (usage.ThrottledRatio > NotableThrottling)
            evidence.Add(new(component, EvidenceKind.Throttled, usage.ThrottledRatio.Value));
        return evidence;
    }

    private static bool NobodyLooked(Usage usage) => usage.Proxy is null && usage.WorkersCores is null;

    /// <summary>Everybody who is full or nearly, in the order in which they explain.</summary>
    private static IEnumerable<Limiter> Candidates(Usage usage, Conditions conditions) =>
        new[]
        {
            OfClient(usage),
            OfComponent(LimiterKind.Store, Component.Store, usage.Store, null),
            OfComponent(LimiterKind.Proxy, Component.Proxy, usage.Proxy, ThreadOfProxy(usage, conditions)),
            OfComponent(LimiterKind.Workers, Component.Workers, usage.BusiestWorker, null),
            OfMachine(usage),
            OfDisk(usage),
            OfOneCore(usage),
        }.OfType<Limiter>();

    private static Limiter? OfClient(Usage usage)
    {
        if (usage.ClientThreadCores is not { } thread) return null;
        List<Evidence> evidence = [new(Component.Client, EvidenceKind.Thread, thread, OneThread)];
        // On a full machine replies pile up while the client waits for a processor; then it never has to wait for one either.
        var neverWaited = usage.ClientSaturatedRatio > 0.5 && usage.MachineRatio < FullRatio;
        if (neverWaited)
        {
            evidence.Insert(
                thread >= FullRatio ? 1 : 0, new(Component.Client, EvidenceKind.NeverWaited, usage.ClientSaturatedRatio!.Value));
        }

        return Limiter(LimiterKind.Client, evidence);
    }

    /// <summary>HAProxy has one thread here (nbthread 1 in study.cfg); of older records that is all that is known.</summary>
    private static double? ThreadOfProxy(Usage usage, Conditions conditions) =>
        conditions.Proxy?.StartsWith("haproxy", StringComparison.Ordinal) == true ? usage.Proxy?.Cores : null;

    private static Limiter? OfComponent(LimiterKind kind, Component component, ComponentUsage? usage, double? knownThread)
    {
        if (usage is null) return null;
        var evidence = new List<Evidence>();
        if (usage.CapCores is { } cap)
        {
            evidence = OfCap(component, usage);
            var isStopped = usage.ThrottledRatio > NotableThrottling && usage.Cores / cap >= NearlyRatio;
            if (isStopped || usage.Cores / cap >= NearlyRatio)
                return new Limiter(kind, isStopped || usage.Cores / cap >= FullRatio ? Fullness.Full : Fullness.Nearly, evidence);
            // A load that rises and falls leaves the cap unused on average; what stops it in most periods is the cap all the
            // same. Who is full all the time explains more.
            if (usage.ThrottledRatio >= MostPeriods) return new Limiter(kind, Fullness.Nearly, [evidence[1], evidence[0]]);
            evidence.Clear();
        }

        var thread = usage.HasOneBusyThread switch { true => usage.BusiestThreadCores, false => null, null => knownThread };
        if (thread is { } busy) evidence.Add(new(component, EvidenceKind.Thread, busy, OneThread));
        return Limiter(kind, evidence);
    }

    private static Limiter? OfMachine(Usage usage)
    {
        List<Evidence> evidence = [new(Component.Machine, EvidenceKind.Processors, usage.MachineRatio, usage.MachineCores)];
        if (usage.RunQueueRatio is { } waiting) evidence.Add(new(Component.Machine, EvidenceKind.RunQueue, waiting));
        if (usage.CpuPressureRatio is { } pressure) evidence.Add(new(Component.Machine, EvidenceKind.CpuPressure, pressure));
        if (usage.SoftirqRatio is >= NotableSoftirq and var softirq)
            evidence.Add(new(Component.Machine, EvidenceKind.Softirq, softirq));
        var limiter = Limiter(LimiterKind.Machine, evidence);
        // Busy, but hardly anybody had to wait for a processor: there was room left.
        return usage.RunQueueRatio <= NotableRunQueue && limiter?.Fullness == Fullness.Full
            ? limiter with { Fullness = Fullness.Nearly }
            : limiter;
    }

    private static Limiter? OfDisk(Usage usage)
    {
        if ((usage.IoPressureRatio ?? usage.DiskWaitRatio) is not (>= NotableIoPressure and var waiting)) return null;
        var evidence = new List<Evidence>();
        if (usage.IoPressureRatio is { } pressure) evidence.Add(new(Component.Disk, EvidenceKind.IoPressure, pressure));
        if (usage.DiskWaitRatio is { } wait) evidence.Add(new(Component.Disk, EvidenceKind.DiskWait, wait));
        return new Limiter(LimiterKind.Disk, waiting >= NearlyRatio ? Fullness.Full : Fullness.Nearly, evidence);
    }

    /// <summary>
    /// Of records that don't know threads: a worker that keeps to one core while others are free most likely has one.
    /// </summary>
    private static Limiter? OfOneCore(Usage usage) =>
        usage.BusiestWorker is { BusiestThreadCores: null, CapCores: null, Cores: >= FullRatio and <= MostOfOneCore } worker
            && usage.MachineCores > 1
            ? new Limiter(
                LimiterKind.Workers, Fullness.Nearly, [new(Component.Workers, EvidenceKind.OneCore, worker.Cores, OneThread)])
            : null;

    private static Limiter? Limiter(LimiterKind kind, List<Evidence> evidence) => evidence.FirstOrDefault()?.Ratio switch
    {
        >= FullRatio => new Limiter(kind, Fullness.Full, evidence),
        >= NearlyRatio => new Limiter(kind, Fullness.Nearly, evidence),
        _ => null,
    };
}
