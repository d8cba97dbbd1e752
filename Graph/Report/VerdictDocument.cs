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

    public required IReadOnlyList<string> Sentences { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public static ScenarioVerdict Of(ScenarioAnalysis analysis) => new()
    {
        Amount = analysis.Scenario.Key.Amount,
        SizeKiB = analysis.Scenario.Key.SizeKiB,
        Conditions = analysis.Scenario.Key.Conditions,
        Cells = [.. analysis.Actions.SelectMany(action => action.Cells.Select(cell => CellVerdict.Of(action, cell)))],
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

    public required IReadOnlyList<string> Flags { get; init; }

    public static CellVerdict Of(ActionVerdict action, CellSummary cell) => new()
    {
        Action = action.Action,
        Procs = cell.Cell.Procs,
        OperationsPerSecond = cell.Throughput?.Median ?? cell.Cell.OperationsPerSecond,
        Runs = cell.Cell.Runs.Count,
        Against = action.Comparisons.Where(comparison => comparison.Cell == cell.Cell).Select(ComparisonVerdict.Of)
            .FirstOrDefault(),
        Limiter = cell.Limiter is { } limiter ? Camel(limiter.Kind.ToString()) : null,
        LimiterBusyRatio = cell.Limiter?.BusyRatio,
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

    /// <summary>The exact probability that low to high covers the true median ratio.</summary>
    public required double? Coverage { get; init; }

    public required int Blocks { get; init; }

    /// <summary>faster, slower, equivalent or inconclusive.</summary>
    public required string Answer { get; init; }

    public string? Reason { get; init; }

    public int? RunsToDecide { get; init; }

    public static ComparisonVerdict Of(Comparison comparison) => new()
    {
        Procs = comparison.Reference.Procs,
        Ratio = comparison.Ratio,
        Low = comparison.Interval?.Low,
        High = comparison.Interval?.High,
        Coverage = comparison.Interval?.Coverage,
        Blocks = comparison.Interval?.Count ?? 0,
        Answer = JsonNamingPolicy.CamelCase.ConvertName(comparison.Answer.ToString()),
        Reason = comparison.Reason,
        RunsToDecide = comparison.RunsToDecide,
    };
}

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
        Cells = [.. study.Comparisons.Select(comparison => new BaselineCellVerdict(comparison.Cell.Action, comparison.Cell.Procs, ComparisonVerdict.Of(comparison)))],
    };
}

internal sealed record BaselineCellVerdict(string Action, int Procs, ComparisonVerdict Against);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(VerdictDocument))]
internal sealed partial class VerdictJson : JsonSerializerContext;
