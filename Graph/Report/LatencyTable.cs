using Graph.Analysis;
using Graph.Analysis.Variants;
using Graph.Phrases;
using Graph.Report.Document;
using Graph.Spelling;

namespace Graph.Report;

/// <summary>How long the requests of each cell took: a row for each step, because an operation may be several requests.</summary>
internal static class LatencyTable
{
    private static readonly double[] Percentiles = [50, 90, 99, 99.9];

    /// <summary>Null where the runs hold no latencies.</summary>
    public static ReportTable? Of(ScenarioAnalysis analysis) => Of(
        null, analysis.Actions.SelectMany((action, index) => action.Cells.Select(cell => (index, (string?)null, cell))));

    public static ReportTable? Of(VariantStudy study) => Of(
        VariantWords.NameOf(study.Dimension),
        study.Actions.SelectMany((action, index) => action.Cells.Select(cell => (index, (string?)cell.Variant, cell.Summary))));

    private static ReportTable? Of(string? dimension, IEnumerable<(int Action, string? Variant, CellSummary Cell)> cells)
    {
        var rows = cells.SelectMany(
            entry => entry.Cell.Latency.Where(step => step.Histogram.Count > 0).Select(step => (entry, step)))
            .ToList();
        if (rows.Count == 0) return null;
        var fromDue = rows.Exists(row => row.entry.Cell.Cell.Runs.Any(run => run.Record.OpenLoop is not null));
        return new ReportTable(
            fromDue ? "Requests, timed from when they were due" : "Requests",
            [
                new("Action"), .. dimension is null
                    ? Array.Empty<ReportColumn>()
                    : [new(dimension)], new("Processes", true), new("Request"),
                .. Percentiles.Select(percentile => new ReportColumn($"p{Words.Number(percentile)} ms", true)),
            ],
            [
                .. rows.Select(row => (IReadOnlyList<ReportValue>)
                [
                    new(row.entry.Cell.Cell.Action, row.entry.Action), .. row.entry.Variant is { } variant
                        ? [variant]
                        : Array.Empty<ReportValue>(),
                    new(Words.Whole(row.entry.Cell.Cell.Procs), row.entry.Cell.Cell.Procs), row.step.Step,
                    .. Percentiles.Select(percentile => ReportValue.Measured(row.step.Microseconds(percentile) / 1e3)),
                ]),
            ]);
    }
}
