using Graph.Analysis.Comparing;
using Graph.Analysis.Variants;

namespace Graph.Report;

/// <summary>What is said of the ways in: a sentence for each number of processes, and a table.</summary>
internal static class WaysInText
{
    public static string Title(VariantAction study) => $"Ways in, {study.Action}: {study.Subject.Key.Work}";

    /// <summary>"list with 2 processes, against haproxy: nginx x1.20 [1.1, 1.3], faster; ...".</summary>
    public static IEnumerable<string> Sentences(VariantAction study, DecisionRule rule)
    {
        foreach (var procs in study.Counts)
        {
            var others = study.Cells.Where(cell => cell.Procs == procs && cell.Against is not null).ToList();
            if (others.Count == 0) continue;
            var basis = Report.Sentences.Basis(others.Select(cell => cell.Against!));
            var effects = others.Select(cell =>
                $"{cell.Variant}{Report.Sentences.RatioOf(cell.Against!)}, {Report.Sentences.AnswerOf(cell.Against!, rule)}");
            yield return $"{study.Action} with {Words.Processes(procs)}, against {study.Subject.Reference}: "
                + string.Join("; ", effects.Append(basis).Where(part => part.Length > 0));
        }

        var uneven = study.Cells.Where(cell => cell.Shares is { MostIdle: > 0 }).ToList();
        if (uneven.Count == 0) yield break;
        yield return "workers without any request: " + string.Join("; ", uneven.Select(cell =>
            $"{cell.Variant} up to {cell.Shares!.MostIdle} of {cell.Procs} in {Words.Count(cell.Shares.IdleRuns, "run")}"));
    }

    public static ReportTable Table(VariantAction study, DecisionRule rule) => new(
        $"All ways in: {study.Action}",
        [
            new("Way in"), new("Processes", true), new("Operations/s, median", true), new("Its interval"),
            new($"Ratio to {study.Subject.Reference}", true), new("Answer", IsProse: true),
            new("p50 ms", true), new("p99 ms", true), new("CPU-µs/operation", true),
            new("Busiest worker, % of requests", true), new("Its range"), new("Most idle workers", true), new("Books"),
        ],
        [.. study.Cells.Select(cell => Row(cell, rule))]);

    private static ReportValue[] Row(VariantCell cell, DecisionRule rule) =>
    [
        cell.Variant, new(Words.Whole(cell.Procs), cell.Procs),
        ReportValue.Measured(cell.Summary.Throughput?.Value ?? cell.Summary.Cell.OperationsPerSecond),
        cell.Summary.Throughput is { Units: > 1 } interval ? $"{Words.Measured(interval.Low)} to {Words.Measured(interval.High)}" : "",
        cell.Against is null ? "" : new ReportValue(Report.Sentences.RatioOf(cell.Against).TrimStart(), cell.Against.Ratio),
        cell.Against is null ? "" : Report.Sentences.AnswerOf(cell.Against, rule),
        ReportValue.Measured(cell.Summary.MainLatency?.Microseconds(50) / 1e3),
        ReportValue.Measured(cell.Summary.MainLatency?.Microseconds(99) / 1e3),
        ReportValue.Measured(cell.Summary.Cost?.TotalMicroseconds),
        ReportValue.Measured(100 * cell.Shares?.BusiestRatio),
        cell.Shares is { } shares ? $"{Words.Percent(shares.BusiestLow)} to {Words.Percent(shares.BusiestHigh)}" : "",
        cell.Shares is null ? "" : new ReportValue(Words.Whole(cell.Shares.MostIdle), cell.Shares.MostIdle),
        Books(cell),
    ];

    private static string Books(VariantCell cell)
    {
        var books = cell.Summary.Cell.Runs.Select(run => run.Record.Books).ToList();
        if (books.Any(book => book is null)) return "nobody else counted";
        if (!books.All(book => book!.Balanced)) return "do not balance";
        return books.All(book => book!.Proxy is null) ? "client = workers" : "client = proxy = workers";
    }
}
