using System.Globalization;

namespace Graph.Analysis.Limits;

/// <summary>Who is above 90 % of its limit; else the machine; else nobody, which is latency if Little's law agrees.</summary>
internal static class LimiterRule
{
    public const double BusyRatio = 0.9;

    /// <summary>The client's loop and HAProxy (nbthread 1 in study.cfg) are one thread each.</summary>
    private const double OneThread = 1;

    private const double LittleTolerance = 0.1;
    private const double NotableDiskWait = 0.05;

    /// <param name="usage">What the cell used.</param>
    /// <param name="conditions">What it ran under.</param>
    /// <param name="requestsUnderWay">By Little's law; null where there are no latencies.</param>
    public static Limiter Of(Usage usage, Conditions conditions, double? requestsUnderWay)
    {
        var atTheirLimit = Components(usage, conditions).Where(component => component.BusyRatio >= BusyRatio).ToList();
        if (atTheirLimit.Count > 0) return atTheirLimit.MaxBy(component => component.BusyRatio)!;
        if (usage.MachineRatio >= BusyRatio)
        {
            return new Limiter(
                LimiterKind.Machine, usage.MachineRatio,
                $"machine, {Words.Count(usage.MachineCores, "processor")} {Words.Percent(usage.MachineRatio)} busy");
        }

        if (usage.ProxyCores is null && usage.WorkersCores is null)
            return new Limiter(LimiterKind.Unknown, null, "not known, nobody read the servers' CPU");
        return Waiting(usage, conditions, requestsUnderWay);
    }

    private static IEnumerable<Limiter> Components(Usage usage, Conditions conditions)
    {
        yield return new Limiter(
            LimiterKind.Client, usage.ClientCores / OneThread, $"client, {Words.Percent(usage.ClientCores)} of its thread busy");
        if (usage.ProxyCores is { } proxy && conditions.Proxy?.StartsWith("haproxy", StringComparison.Ordinal) == true)
            yield return new Limiter(LimiterKind.Proxy, proxy / OneThread, $"proxy, {Words.Percent(proxy)} of its thread busy");
        if (usage.BusiestWorkerCores is { } worker && conditions.CpuLimit is { } limit)
        {
            yield return new Limiter(
                LimiterKind.Workers, worker / limit,
                $"workers, the busiest at {Words.Percent(worker / limit)} of its {Words.Number(limit)} cores");
        }
    }

    private static Limiter Waiting(Usage usage, Conditions conditions, double? requestsUnderWay)
    {
        var disk = usage.DiskWaitRatio is >= NotableDiskWait and var waiting
            ? $" and {Words.Percent(waiting)} waiting for a disk"
            : "";
        var idle = $"nobody above {Words.Percent(BusyRatio)}, machine {Words.Percent(usage.MachineRatio)} busy{disk}";
        if (requestsUnderWay is not { } underWay || conditions.Concurrency is not { } connections)
            return new Limiter(LimiterKind.Unknown, null, $"not explained: {idle}");
        var explained = string.Create(
            CultureInfo.InvariantCulture, $"{underWay:0.0} of {connections} connections wait at a time");
        return underWay >= connections * (1 - LittleTolerance)
            ? new Limiter(LimiterKind.Latency, null, $"latency, {idle}, {explained}")
            : new Limiter(LimiterKind.Unknown, null, $"not explained: {idle}, {explained}");
    }
}
