using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Analysis.Estimating;
using Graph.Analysis.Scaling;

namespace Graph.Report;

/// <summary>The tables of a report.</summary>
internal static class Tables
{
    public static ReportTable Cells(ScenarioAnalysis analysis) => new(
        "All cells",
        [
            new("Action"), new("Processes", true), new("Operations/s", true), new($"Its interval{Coverage(analysis)}"),
            new("Runs", true), new($"Ratio to {Fewest(analysis)}", true), new("Answer", IsProse: true), new("Limiter"),
            new("CPU-µs/operation", true), new("p50 ms", true), new("p99 ms", true), new("Flags", IsProse: true),
        ],
        [.. analysis.Actions.SelectMany((action, index) => action.Cells.Select(cell => Row(index, action, cell, analysis.Rule)))
            .Concat(analysis.Missing.Select(Absent))]);

    /// <summary>Null where no action has a fit.</summary>
    public static ReportTable? Scaling(ScenarioAnalysis analysis)
    {
        var fits = analysis.Actions.Where(action => action.Scaling is not null).ToList();
        return fits.Count == 0 ? null : new ReportTable(
            "Scaling laws",
            [
                new("Action"), new("Law"), new(
                    $"Its numbers, with intervals of {Words.ExactPercent(ScalingAnalysis.Coverage)}",
                    IsProse: true), new("Highest throughput", IsProse: true), new("AICc of all laws tried", IsProse: true),
                new("Largest residual", true),
            ],
            [.. fits.Select(action => Row(action.Action, action.Scaling!))]);
    }

    public static ReportTable Baseline(StudyComparison study, DecisionRule rule) => new(
        "Against the baseline",
        [new("Action"), new("Processes", true), new("Ratio to the baseline", true), new("Answer", IsProse: true)],
        [
            .. study.Comparisons.Select(cell => new ReportValue[]
            {
                cell.Action, new(Words.Whole(cell.Comparison.Procs), cell.Comparison.Procs), RatioOf(cell.Comparison),
                Sentences.AnswerOf(cell.Comparison, rule),
            }),
        ]);

    private static ReportValue[] Row(int actionIndex, ActionVerdict action, CellSummary cell, DecisionRule rule)
    {
        var comparison = action.Against(cell);
        return
        [
            // Sorting by action means the seed's order, which starts with the simplest.
            new(action.Action, actionIndex), new(Words.Whole(cell.Cell.Procs), cell.Cell.Procs),
            ReportValue.Measured(cell.Throughput?.Value ?? cell.Cell.OperationsPerSecond),
            cell.Throughput is { Units: > 1 } interval
                ? $"{Words.Measured(interval.Low)} to {Words.Measured(interval.High)}"
                : "",
            new(Words.Whole(cell.Cell.Runs.Count), cell.Cell.Runs.Count),
            comparison is null ? "" : RatioOf(comparison), comparison is null ? "" : Sentences.AnswerOf(comparison, rule),
            cell.Limiter is { } limiter ? LimiterText.Short(limiter) : "",
            ReportValue.Measured(cell.Cost?.TotalMicroseconds), ReportValue.Measured(cell.MainLatency?.Microseconds(50) / 1e3),
            ReportValue.Measured(cell.MainLatency?.Microseconds(99) / 1e3),
            string.Join("; ", cell.Flags.Select(flag => flag.Name).Distinct()),
        ];
    }

    /// <summary>", 93.75 %": how sure the intervals are; cells with fewer runs than others make it a range.</summary>
    private static string Coverage(ScenarioAnalysis analysis)
    {
        var coverages = analysis.Cells.Select(cell => cell.Throughput).OfType<Interval>().Where(interval => interval.Units > 1)
            .Select(interval => interval.Coverage).Distinct().Order().Select(Words.ExactPercent).ToList();
        return coverages.Count switch { 0 => "", 1 => $", {coverages[0]}", _ => $", {coverages[0]} to {coverages[^1]}" };
    }

    private static string Fewest(ScenarioAnalysis analysis) =>
        Words.Processes([.. analysis.Actions.Select(action => action.Reference.Cell.Procs).Distinct().Order()]);

    private static ReportValue[] Absent((string Action, int Procs) place) =>
        [place.Action, new(Words.Whole(place.Procs), place.Procs), "", "", new("0", 0), "", "", "", "", "", "", "missing"];

    private static ReportValue RatioOf(Comparison comparison) => new(Sentences.RatioOf(comparison).TrimStart(), comparison.Ratio);

    private static ReportValue[] Row(string action, ScalingFit fit) =>
    [
        action,
        fit.Curve.Name,
        string.Join("; ", fit.Estimates.Select(WithInterval)),
        fit.Peak is { Low: { } low, High: { } high } peak
            ? $"with {Words.Measured(peak.Value)} [{Words.Measured(low)}, {Words.Measured(high)}] processes"
            : $"no peak within {fit.Procs[0]} to {fit.Procs[^1]} processes",
        string.Join(", ", fit.Candidates.Select(candidate => $"{candidate.Curve.Name} {candidate.Aicc:0.0}")),
        Largest(fit),
    ];

    private static string WithInterval(Estimate estimate) => estimate is { LowIsBound: true, HighIsBound: true } ? $"{estimate.Name} not known"
        : estimate is { LowIsBound: true, High: { } most } ? $"{estimate.Name} at most {Words.Measured(most)}"
        : estimate is { HighIsBound: true, Low: { } least } ? $"{estimate.Name} at least {Words.Measured(least)}"
        : estimate is { Low: { } low, High: { } high }
        ? $"{estimate.Name} {Words.Measured(estimate.Value)} [{Words.Measured(low)}, {Words.Measured(high)}]"
        : $"{estimate.Name} {Words.Measured(estimate.Value)}";

    private static ReportValue Largest(ScalingFit fit)
    {
        var largest = fit.Residuals.SelectMany(row => row).MaxBy(Math.Abs);
        return new ReportValue(Words.Percent(Math.Abs(Math.Exp(largest) - 1)), Math.Abs(largest));
    }
}
