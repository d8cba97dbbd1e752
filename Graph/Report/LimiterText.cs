using System.Globalization;
using Graph.Analysis.Limits;

namespace Graph.Report;

/// <summary>The limiter in words.</summary>
internal static class LimiterText
{
    /// <summary>For tables: "machine 98 %".</summary>
    public static string Short(Limiter limiter) => limiter.Kind switch
    {
        LimiterKind.Unknown => "not explained",
        LimiterKind.Latency => "latency",
        _ => $"{(limiter.Fullness == Fullness.Nearly ? "nearly " : "")}{limiter.Kind.ToString().ToLowerInvariant()} {Words.Percent(limiter.BusyRatio ?? 0)}",
    };

    /// <summary>For sentences: "workers, one thread 99 % busy".</summary>
    public static string Of(Limiter limiter)
    {
        var name = limiter.Kind switch
        {
            LimiterKind.Unknown => "not explained",
            LimiterKind.Latency => "latency",
            var kind => (limiter.Fullness == Fullness.Nearly ? "nearly " : "") + kind.ToString().ToLowerInvariant(),
        };
        return $"{name}, {string.Join(", ", limiter.Evidence.Take(2).Select(Of))}";
    }

    private static string Of(Evidence evidence)
    {
        var part = Words.Percent(evidence.Ratio);
        return evidence.Kind switch
        {
            EvidenceKind.Cap => $"{part} of a cap of {Words.Number(evidence.LimitCores ?? 0)} cores",
            EvidenceKind.Throttled => $"throttled in {part} of the periods",
            EvidenceKind.Thread => $"one thread {part} busy",
            EvidenceKind.OneCore => $"the busiest keeps to {part} of one core",
            EvidenceKind.NeverWaited => "it hardly ever waited for a reply",
            EvidenceKind.Processors => $"{Words.Count((long)(evidence.LimitCores ?? 0), "processor")} {part} busy",
            EvidenceKind.RunQueue => $"ready threads waited {part} of their time",
            EvidenceKind.CpuPressure => $"some task waited for a processor {part} of the time",
            EvidenceKind.Softirq => $"the kernel's packets took {part}",
            EvidenceKind.IoPressure => $"some task waited for a disk {part} of the time",
            EvidenceKind.DiskWait => $"processors idled for a disk {part} of the time",
            _ => string.Create(CultureInfo.InvariantCulture, $"{part} of the connections wait at a time"),
        };
    }
}
