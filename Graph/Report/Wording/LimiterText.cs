using Graph.Analysis;
using Graph.Analysis.Limits;
using Graph.Spelling;

namespace Graph.Report.Wording;

/// <summary>What keeps a cell from being faster, in words.</summary>
internal static class LimiterText
{
    /// <summary>For tables: "machine 98 %", "nearly workers 91 %", "store, stopped by its cap in 68 % of the periods".</summary>
    public static string Short(Limiter limiter) => limiter switch
    {
        { Kind: LimiterKind.Rate } => "the given rate",
        { Kind: LimiterKind.Latency } => "latency",
        { Kind: LimiterKind.Unknown } => "not explained",
        { Fullness: Fullness.Nearly } when limiter.Evidence[0].Kind != EvidenceKind.Throttled => $"nearly {Figure(limiter)}",
        _ => Figure(limiter),
    };

    /// <summary>The same limiter is said once, with the figures of the cell that has the most processes.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<CellSummary> cells)
    {
        var kinds = cells.Where(cell => cell.Limiter is not null).GroupBy(cell => (cell.Limiter!.Kind, cell.Limiter.Fullness))
            .ToList();
        return kinds.Select(kind =>
        {
            var where = kinds.Count > 1 ? $" with {Words.Processes([.. kind.Select(cell => cell.Cell.Procs)])}" : "";
            return $"limiter{where}: {Of(kind.Last().Limiter!)}";
        });
    }

    /// <summary>"the machine is full: 2 processors 98 % busy, ready threads wait 31 % of their time for one".</summary>
    public static string Of(Limiter limiter) => limiter.Evidence.Count == 0
        ? Head(limiter)
        : $"{Head(limiter)}: {string.Join(", ", limiter.Evidence.Select(Of))}";

    /// <summary>Its share of its limit; what is no share of a limit is told as what it is.</summary>
    private static string Figure(Limiter limiter) => limiter.Evidence[0] switch
    {
        { Kind: EvidenceKind.Throttled } stopped =>
            $"{NameOf(limiter.Kind)}, stopped by its cap in {Words.Percent(stopped.Ratio)} of the periods",
        { Kind: EvidenceKind.OneCore } => $"{NameOf(limiter.Kind)}, at one processor each",
        { Ratio: var ratio } => $"{NameOf(limiter.Kind)} {Words.Percent(ratio)}",
    };

    private static string Head(Limiter limiter) => limiter switch
    {
        { Kind: LimiterKind.Rate } => "the given rate, which was kept",
        { Kind: LimiterKind.Latency } => "latency, as nobody is near a limit",
        { Kind: LimiterKind.Unknown } => "not explained by what was measured",
        { Fullness: Fullness.Nearly } => $"the {NameOf(limiter.Kind)}, nearly full",
        _ => $"the {NameOf(limiter.Kind)}, full",
    };

    private static string Of(Evidence evidence)
    {
        var share = Words.Percent(evidence.Ratio);
        var who = NameOf(evidence.Component);
        return evidence.Kind switch
        {
            EvidenceKind.Cap => $"{who} at {share} of the cap of {Cores(evidence.LimitCores ?? 0)}",
            EvidenceKind.Throttled => $"stopped by the cap in {share} of the periods",
            EvidenceKind.Thread => $"one thread of {who} {share} busy",
            EvidenceKind.OneCore => $"{who} at {share} of one processor",
            EvidenceKind.NeverWaited => $"the client hardly ever waited in {share} of the runs",
            EvidenceKind.Processors => $"{Words.Count((long)(evidence.LimitCores ?? 1), "processor")} {share} busy",
            EvidenceKind.RunQueue => $"ready threads wait {share} of their time for one",
            EvidenceKind.CpuPressure => $"somebody waits for one {share} of the time",
            EvidenceKind.Softirq => $"{share} of it is the kernel's work on packets",
            EvidenceKind.IoPressure => $"somebody waits for a disk {share} of the time",
            EvidenceKind.DiskWait => $"processors idle {share} of the time because of a disk",
            _ => $"{share} of the connections wait for a reply at a time",
        };
    }

    private static string NameOf(LimiterKind kind) => kind.ToString().ToLowerInvariant();

    private static string NameOf(Component component) => component switch
    {
        Component.Workers => "the busiest worker",
        Component.Machine => "the machine",
        _ => $"the {component.ToString().ToLowerInvariant()}",
    };

    private static string Cores(double cores) => $"{Words.Number(cores)} {(cores == 1 ? "core" : "cores")}";
}
