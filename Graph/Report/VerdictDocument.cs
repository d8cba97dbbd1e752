using System.Text.Json;
using System.Text.Json.Serialization;
using Graph.Analysis;
using Graph.Analysis.Comparing;

namespace Graph.Report;

/// <summary>--verdict-json: the answers for scripts. Ratios, never percents; what is not known is null.</summary>
internal sealed record VerdictDocument
{
    public int Schema { get; init; } = 1;

    /// <summary>0.05: ratios from 1/1.05 to 1.05 count as equal.</summary>
    public required double MarginRatio { get; init; }

    public required IReadOnlyList<ScenarioVerdict> Scenarios { get; init; }

    /// <summary>With --baseline: each cell against the same cell of the other study.</summary>
    public IReadOnlyList<BaselineVerdict>? Baseline { get; init; }

    public static VerdictDocument Of(StudyReport report) => new()
    {
        MarginRatio = report.Rule.MarginRatio,
        Scenarios = [.. report.Analyses.Select(ScenarioVerdict.Of)],
        Baseline = report.Baseline.Count == 0 ? null : [.. report.Baseline.Select(BaselineVerdict.Of)],
    };

    public string ToJson() => JsonSerializer.Serialize(this, VerdictJson.Default.VerdictDocument) + "\n";
}

internal sealed record ScenarioVerdict
{
    public required long Amount { get; init; }

    public required int SizeKiB { get; init; }

    public required Conditions Conditions { get; init; }

    public required IReadOnlyList<CellVerdict> Cells { get; init; }

    /// <summary>Each number of processes against the fewest, over all actions: the answers that the study is made for.</summary>
    public required IReadOnlyList<PrimaryVerdict> Primary { get; init; }

    /// <summary>The smallest cell against itself under a second label; null where the study had no control.</summary>
    public ComparisonVerdict? Control { get; init; }

    /// <summary>Whether the control differs, so that every answer is withheld.</summary>
    public required bool Withheld { get; init; }

    /// <summary>How many processes to run; null where the answers are withheld or nothing is compared.</summary>
    public int? BestProcs { get; init; }

    /// <summary>Numbers of processes that may be better still: the data can't tell.</summary>
    public IReadOnlyList<int>? MayBeBetter { get; init; }

    /// <summary>Runs inside which something else used the machine; all were left out but <see cref="DisturbedAndCounted"/>.</summary>
    public required int Disturbed { get; init; }

    /// <summary>Disturbed runs that count, because their action has hardly any others.</summary>
    public required int DisturbedAndCounted { get; init; }

    /// <summary>Attempts beyond the first, after a disturbed or an invalid run.</summary>
    public required int MeasuredAgain { get; init; }

    /// <summary>Runs that were not what was asked for.</summary>
    public required int Invalid { get; init; }

    /// <summary>Runs far from what their cell and block let expect, left out.</summary>
    public required int SetAside { get; init; }

    /// <summary>The law of each action, and first, without an action, that over all of them.</summary>
    public required IReadOnlyList<ScalingVerdict> Scaling { get; init; }

    public required IReadOnlyList<string> Sentences { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public static ScenarioVerdict Of(ScenarioAnalysis analysis) => new()
    {
        Amount = analysis.Scenario.Key.Amount,
        SizeKiB = analysis.Scenario.Key.SizeKiB,
        Conditions = analysis.Scenario.Key.Conditions,
        Cells = [.. analysis.Actions.SelectMany(action => action.Cells.Select(cell => CellVerdict.Of(action, cell)))],
        Primary = [.. analysis.Primary.Select(comparison => new PrimaryVerdict(comparison.Procs, ComparisonVerdict.Of(comparison)))],
        Control = analysis.Control is { } control ? ComparisonVerdict.Of(control) : null,
        Withheld = analysis.IsWithheld,
        BestProcs = analysis.Advice?.Procs,
        MayBeBetter = analysis.Advice?.MayBeBetter,
        Disturbed = analysis.Tally.Disturbed,
        DisturbedAndCounted = analysis.Tally.DisturbedAndCounted,
        MeasuredAgain = analysis.Tally.MeasuredAgain,
        Invalid = analysis.Tally.Invalid,
        SetAside = analysis.Tally.SetAside.Count,
        Scaling =
        [
            .. new[] { (Action: (string?)null, Fit: analysis.Scaling) }
                .Concat(analysis.Actions.Select(action => (Action: (string?)action.Action, Fit: action.Scaling)))
                .Where(law => law.Fit is not null).Select(law => ScalingVerdict.Of(law.Action, law.Fit!)),
        ],
        Sentences = [.. Report.Sentences.Of(analysis)],
        Warnings = [.. analysis.Warnings()],
    };
}

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
        OperationsPerSecond = cell.Throughput?.Value ?? cell.Cell.OperationsPerSecond,
        Runs = cell.Cell.Runs.Count,
        Against = action.Against(cell) is { } comparison ? ComparisonVerdict.Of(comparison) : null,
        Limiter = cell.Limiter is { } limiter ? Camel(limiter.Kind.ToString()) : null,
        LimiterBusyRatio = cell.Limiter?.BusyRatio,
        LimiterFullness = cell.Limiter is { } near ? Camel(near.Fullness.ToString()) : null,
        LimiterEvidence = cell.Limiter is { } shown
            ? [.. shown.Evidence.Select(one => new EvidenceVerdict(Camel(one.Component.ToString()), Camel(one.Kind.ToString()), one.Ratio, one.LimitCores))]
            : null,
        Flags = [.. cell.Flags.Select(flag => flag.Name).Distinct()],
    };

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}

/// <summary>The ratio of the cell's throughput to that of the cell with <see cref="Procs"/> processes.</summary>
internal sealed record ComparisonVerdict
{
    /// <summary>Processes of the cell that it is compared with.</summary>
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

    /// <summary>For an inconclusive answer, for people.</summary>
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
        Answer = JsonNamingPolicy.CamelCase.ConvertName(comparison.Answer.ToString()),
        Reason = comparison.IsOpen ? ReasonText.Of(comparison) : null,
        RunsToDecide = comparison.RunsToDecide,
    };
}

/// <summary>A number of processes over all actions.</summary>
internal sealed record PrimaryVerdict(int Procs, ComparisonVerdict Against);

/// <summary>A figure that a limiter rests on.</summary>
/// <param name="Component">client, proxy, workers, store, machine or disk.</param>
/// <param name="Source">cap, throttled, thread, oneCore, neverWaited, processors, runQueue, cpuPressure, softirq, ioPressure, diskWait or waiting.</param>
/// <param name="Ratio">1 for all of the limit.</param>
/// <param name="LimitCores">The limit in processors; null where it is none.</param>
internal sealed record EvidenceVerdict(string Component, string Source, double Ratio, double? LimitCores);

internal sealed record BaselineVerdict
{
    public required Conditions Conditions { get; init; }

    public required Conditions BaselineConditions { get; init; }

    public required IReadOnlyList<string> Differences { get; init; }

    public required IReadOnlyList<BaselineCellVerdict> Cells { get; init; }

    public static BaselineVerdict Of(StudyComparison study) => new()
    {
        Conditions = study.Key.Conditions,
        BaselineConditions = study.BaselineKey.Conditions,
        Differences = study.Differences,
        Cells = [.. study.Comparisons.Select(comparison => new BaselineCellVerdict(comparison.Action, comparison.Comparison.Procs, ComparisonVerdict.Of(comparison.Comparison)))],
    };
}

internal sealed record BaselineCellVerdict(string Action, int Procs, ComparisonVerdict Against);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(VerdictDocument))]
internal sealed partial class VerdictJson : JsonSerializerContext;
