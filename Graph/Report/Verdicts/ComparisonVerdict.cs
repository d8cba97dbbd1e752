using Graph.Analysis.Comparing;
using Graph.Report.Wording;

namespace Graph.Report.Verdicts;

/// <summary>The ratio of throughput to that with <see cref="Procs"/> processes.</summary>
internal sealed record ComparisonVerdict
{
    /// <summary>Processes of what it is compared with.</summary>
    public required int Procs { get; init; }

    public required double? Ratio { get; init; }

    public required double? Low { get; init; }

    public required double? High { get; init; }

    /// <summary>How often such an interval covers the true ratio; stretched to hold 1 it is more.</summary>
    public required double? Coverage { get; init; }

    /// <summary>Independent values: starts of the servers, else blocks.</summary>
    public required int Blocks { get; init; }

    /// <summary>faster, slower, equivalent or inconclusive.</summary>
    public required string Answer { get; init; }

    /// <summary>For an inconclusive answer, for people: why, and what would help.</summary>
    public string? Reason { get; init; }

    public int? RunsToDecide { get; init; }

    public static ComparisonVerdict Of(Comparison comparison) => new()
    {
        Procs = comparison.ReferenceProcs,
        Ratio = comparison.Ratio,
        Low = comparison.Interval?.Low,
        High = comparison.Interval?.High,
        Coverage = comparison.Interval?.Coverage,
        Blocks = comparison.Interval?.Units ?? 0,
        Answer = VerdictDocument.Spell(comparison.Answer),
        Reason = comparison.Reason is null ? null : OpenText.Of(comparison),
        RunsToDecide = comparison.RunsToDecide,
    };
}

/// <summary>A number of processes over all actions.</summary>
internal sealed record PrimaryVerdict(int Procs, ComparisonVerdict Against);
