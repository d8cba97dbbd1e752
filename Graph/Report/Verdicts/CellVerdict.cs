using Graph.Analysis;
using Graph.Analysis.Limits;

namespace Graph.Report.Verdicts;

/// <summary>One cell and, but for the cell of the fewest processes, its comparison with that.</summary>
internal sealed record CellVerdict
{
    public required string Action { get; init; }

    public required int Procs { get; init; }

    public required double OperationsPerSecond { get; init; }

    public required int Runs { get; init; }

    public ComparisonVerdict? Against { get; init; }

    public string? Limiter { get; init; }

    public double? LimiterBusyRatio { get; init; }

    /// <summary>full (from 95 % on), nearly (from 85 %) or none, where there is no such limit.</summary>
    public string? LimiterFullness { get; init; }

    /// <summary>What shows it, the figure that decided first.</summary>
    public IReadOnlyList<EvidenceVerdict>? LimiterEvidence { get; init; }

    public required IReadOnlyList<string> Flags { get; init; }

    public static CellVerdict Of(ActionVerdict action, CellSummary cell) => new()
    {
        Action = action.Action,
        Procs = cell.Cell.Procs,
        OperationsPerSecond = cell.Cell.OperationsPerSecond,
        Runs = cell.Cell.Runs.Count,
        Against = action.Against(cell) is { } comparison ? ComparisonVerdict.Of(comparison) : null,
        Limiter = cell.Limiter is { } limiter ? VerdictDocument.Spell(limiter.Kind) : null,
        LimiterBusyRatio = cell.Limiter?.BusyRatio,
        LimiterFullness = cell.Limiter is { } full ? VerdictDocument.Spell(full.Fullness) : null,
        LimiterEvidence = cell.Limiter is { } shown ? [.. shown.Evidence.Select(EvidenceVerdict.Of)] : null,
        Flags = [.. cell.Flags.Select(flag => flag.Name).Distinct()],
    };
}

/// <summary>A figure that a limiter rests on.</summary>
/// <param name="Component">client, proxy, workers, store, machine or disk.</param>
/// <param name="Source">cap, throttled, thread, oneCore, neverWaited, processors, runQueue, cpuPressure, softirq, ioPressure,
/// diskWait or waiting.</param>
/// <param name="Ratio">1 for all of the limit.</param>
/// <param name="LimitCores">The limit in processors; null where it is none.</param>
internal sealed record EvidenceVerdict(string Component, string Source, double Ratio, double? LimitCores)
{
    public static EvidenceVerdict Of(Evidence evidence) =>
        new(VerdictDocument.Spell(evidence.Component), VerdictDocument.Spell(evidence.Kind), evidence.Ratio, evidence.LimitCores);
}
