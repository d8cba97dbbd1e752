using Graph.Analysis.Comparing;
using Graph.Analysis.Variants;
using Graph.Phrases;
using Graph.Report.Document;
using Graph.Spelling;

namespace Graph.Report.Wording;

/// <summary>What is said of things that were done in several ways.</summary>
internal static class VariantText
{
    /// <summary>"Way in: haproxy, nginx and reuseport".</summary>
    public static string Title(VariantStudy study) =>
        $"{VariantWords.NameOf(study.Dimension)}: {Words.List(study.Variants)}; {study.Key.Describe()}";

    /// <summary>A sentence for each number of processes: "With 2 processes nginx does 12 % less than haproxy".</summary>
    public static IEnumerable<Sentence> Verdict(VariantStudy study, DecisionRule rule) =>
    [
        .. study.Primary.GroupBy(answer => answer.Procs).OrderBy(procs => procs.Key)
            .Select(procs => OfCount(study, procs.Key, [.. procs], rule)),
        .. BewareText.Of(study.Actions.SelectMany(action => action.Cells).Select(cell => cell.Summary)),
    ];

    /// <summary>Workers that got nothing, and how often.</summary>
    public static IEnumerable<Sentence> Checks(VariantStudy study) =>
        from action in study.Actions
        from cell in action.Cells
        where cell.Shares is { MostIdle: > 0 }
        select new Sentence(
            $"{action.Action} by {VariantWords.Of(study.Dimension, cell.Variant)}: "
                + $"up to {cell.Shares!.MostIdle} of {cell.Procs} workers got no request, "
                + $"in {Words.Count(cell.Shares.IdleRuns, "run")}",
            Tone.Doubtful);

    public static ReportTable Table(VariantStudy study) => new(
        "Cells",
        [
            new("Action"), new(VariantWords.NameOf(study.Dimension)), new("Processes", true), new("Operations/s", true),
            new("Interval"), new("Limiter"),
            new("CPU-µs/operation", true),
            new("Busiest worker, % of requests", true), new("Range"), new("Most idle workers", true), new("Books"),
        ],
        [.. study.Actions.SelectMany((action, index) => action.Cells.Select(cell => Row(index, action.Action, cell)))]);

    private static Sentence OfCount(VariantStudy study, int procs, IReadOnlyList<VariantAnswer> answers, DecisionRule rule)
    {
        string Names(IEnumerable<VariantAnswer> some) =>
            Words.List([.. some.Select(answer => VariantWords.Of(study.Dimension, answer.Variant))]);
        string Group(Answer answer, Func<IReadOnlyList<VariantAnswer>, string> text) =>
            answers.Where(entry => entry.Comparison.Answer == answer).ToList() is { Count: > 0 } some ? text(some) : "";
        string Ratios(IReadOnlyList<VariantAnswer> some) =>
            Words.List([.. some.Select(answer => $"x{Words.Ratio(answer.Comparison.Ratio!.Value)}")]);
        // Of more than two the table tells.
        string Ranges(IReadOnlyList<VariantAnswer> some) => some.Count > 2 ? "" :
            $" ({Words.List([.. some.Select(answer => RatioWords.Of(answer.Comparison))])})";
        var parts = new[]
        {
            Group(Answer.Faster, some => $"{Names(some)} {Verb(study, some, "does", "do")} more ({Ratios(some)})"),
            Group(Answer.Slower, some => $"{Names(some)} {Verb(study, some, "does", "do")} less ({Ratios(some)})"),
            Group(
                Answer.Equivalent,
                some => $"{Names(some)} {Verb(study, some, "makes", "make")} "
                    + $"less than {Words.ExactPercent(rule.MarginRatio)} difference"),
            Group(Answer.Inconclusive, some => $"{Names(some)} can't be told from it{Ranges(some)}"),
        }.Where(part => part.Length > 0);
        return new Sentence(
            $"With {Words.Processes(procs)}, against {VariantWords.Of(study.Dimension, study.Reference)}: "
                + string.Join("; ", parts));
    }

    /// <summary>"nginx does", "nginx and direct do", "50 connections do".</summary>
    private static string Verb(VariantStudy study, IReadOnlyList<VariantAnswer> some, string one, string many) =>
        some.Count == 1 && study.Dimension != Dimension.Concurrency ? one : many;

    private static ReportValue[] Row(int actionIndex, string action, VariantCell cell) =>
    [
        new(action, actionIndex), cell.Variant, new(Words.Whole(cell.Procs), cell.Procs),
        ReportValue.Measured(cell.Summary.Cell.OperationsPerSecond),
        cell.Summary.Throughput is { Units: > 1 } interval
            ? $"{Words.Measured(interval.Low)} to {Words.Measured(interval.High)}"
            : "",
        cell.Summary.Limiter is { } limiter ? LimiterText.Short(limiter) : "",
        ReportValue.Measured(cell.Summary.Usage?.MicrosecondsPerOperation),
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
