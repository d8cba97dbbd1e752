using Graph.Analysis;
using Graph.Analysis.Scaling;
using Graph.Report.Document;
using Graph.Report.Wording;
using Graph.Spelling;

namespace Graph.Report;

/// <summary>The tables with all figures.</summary>
internal static class Tables
{
    public static ReportTable Cells(ScenarioAnalysis analysis) => new(
        "Cells",
        [
            new("Action"), new("Processes", true),
            new(analysis.Scenario.Key.Conditions.Objective is null ? "Operations/s" : "Highest rate/s", true),
            new($"Interval{Coverage(analysis)}"),
            new("Runs", true), new("Limiter"), new("CPU-µs/operation", true), new("Flags", IsProse: true),
        ],
        [.. analysis.Actions.SelectMany((action, index) => action.Cells.Select(cell => Row(index, action.Action, cell)))
            .Concat(analysis.Missing.Select(Absent))]);

    /// <summary>Null where no action has a fit.</summary>
    public static ReportTable? Scaling(ScenarioAnalysis analysis)
    {
        var fits = analysis.Actions.Where(action => action.Scaling is not null)
            .Select(action => (Name: action.Action, Fit: action.Scaling!)).ToList();
        if (analysis.Actions.Count > 1 && analysis.Scaling is { } all) fits.Insert(0, ("all actions", all));
        return fits.Count == 0 ? null : new ReportTable(
            "Scaling",
            [
                new("Action"), new("Best"), new("Law"),
                new($"Its numbers, with intervals of {Words.ExactPercent(ScalingAnalysis.Coverage)}", IsProse: true),
                new("AICc of all laws tried", IsProse: true), new("Doubts", IsProse: true),
            ],
            [.. fits.Select(entry => Row(entry.Name, entry.Fit))]);
    }

    private static ReportValue[] Row(int actionIndex, string action, CellSummary cell) =>
    [
        // Sorting by action means the seed's order, which starts with the simplest.
        new(action, actionIndex), new(Words.Whole(cell.Cell.Procs), cell.Cell.Procs),
        ReportValue.Measured(cell.Cell.OperationsPerSecond),
        cell.Throughput is { Units: > 1 } interval ? $"{Words.Measured(interval.Low)} to {Words.Measured(interval.High)}" : "",
        new(Words.Whole(cell.Cell.Runs.Count), cell.Cell.Runs.Count),
        cell.Limiter is { } limiter ? LimiterText.Short(limiter) : "",
        ReportValue.Measured(cell.Usage?.MicrosecondsPerOperation),
        string.Join("; ", cell.Flags.Select(flag => flag.Name).Distinct()),
    ];

    /// <summary>", 95 %": how sure the intervals are.</summary>
    private static string Coverage(ScenarioAnalysis analysis)
    {
        var coverages = analysis.Cells.Select(cell => cell.Throughput).Where(interval => interval is { Units: > 1 })
            .Select(interval => interval!.Coverage).Distinct().Order().Select(Words.ExactPercent).ToList();
        return coverages.Count switch { 0 => "", 1 => $", {coverages[0]}", _ => $", {coverages[0]} to {coverages[^1]}" };
    }

    private static ReportValue[] Absent((string Action, int Procs) place) =>
        [place.Action, new(Words.Whole(place.Procs), place.Procs), "", "", new("0", 0), "", "", "missing"];

    private static ReportValue[] Row(string action, ScalingFit fit) =>
    [
        action,
        ScalingText.Best(fit)["best: ".Length..],
        fit.Curve.Name,
        string.Join("; ", fit.Estimates.Select(ScalingText.Of)),
        string.Join(", ", fit.Candidates.Select(candidate => $"{candidate.Curve.Name} {candidate.Aicc:0.0}")),
        string.Join("; ", ScalingText.Doubts(fit)),
    ];
}
