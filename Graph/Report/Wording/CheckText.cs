using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Analysis.Flags;
using Graph.Phrases;
using Graph.Report.Document;
using Graph.Spelling;
using MathNet.Numerics.Statistics;
using StudyResults;

namespace Graph.Report.Wording;

/// <summary>Whether the answers may be believed: a sentence for each thing that was looked at, what was found first.</summary>
internal static class CheckText
{
    public static IReadOnlyList<Sentence> Of(ScenarioAnalysis analysis)
    {
        var records = analysis.Cells.SelectMany(cell => cell.Cell.AllRuns).Select(run => run.Record).ToList();
        if (records.Count == 0) return [new("the input holds sums only, so nothing can be checked", Tone.Unknown)];
        return
        [
            Control(analysis), Books(analysis, records), .. Complete(analysis), Disturbed(analysis.Tally, records),
            .. Flagged(analysis, FlagKind.CapNotInForce), .. Flagged(analysis, FlagKind.Stolen),
            .. Steady(analysis, records), .. Client(analysis, records),
            Outliers(analysis.Tally),
            .. Flagged(analysis, FlagKind.GivenRate),
        ];
    }

    private static Sentence Control(ScenarioAnalysis analysis)
    {
        if (analysis.Control is not { } control)
            return new("control: no cell was measured twice, so nothing shows how far equal cells differ", Tone.Unknown);
        var pair = $"control: the smallest cell against itself is {RatioWords.Of(control)}";
        return control.Answer switch
        {
            Answer.Faster or Answer.Slower => new($"{pair}, which should be x1: the answers are withheld", Tone.Doubtful),
            Answer.Equivalent => new($"{pair}, as it should be", Tone.Passed),
            _ when control.Reason == OpenReason.TooFewBlocks => new($"{pair}, from too few blocks to tell", Tone.Unknown),
            _ when control.Reason == OpenReason.TooFewStarts =>
                new($"{pair}, from too few starts of the servers to tell", Tone.Unknown),
            _ => new($"{pair}, which holds x1", Tone.Passed),
        };
    }

    private static Sentence Books(ScenarioAnalysis analysis, List<RunRecord> records)
    {
        if (Flagged(analysis, FlagKind.BooksDontBalance).ToList() is [var first, ..]) return first;
        var books = records.Select(record => record.Books).OfType<BooksRecord>().ToList();
        if (books.Count == 0) return new("books: nobody but the client counted requests", Tone.Unknown);
        var who = Words.List(
        [
            "client", .. books.Any(book => book.Proxy is not null) ? ["proxy"] : Array.Empty<string>(),
            .. books.Any(book => book.Workers is not null) ? ["workers"] : Array.Empty<string>(),
            .. books.Any(book => book.Stored is not null) ? ["store"] : Array.Empty<string>(),
        ]);
        return new($"books: {who} counted the same in {Words.Count(books.Count, "run")}", Tone.Passed);
    }

    private static IEnumerable<Sentence> Complete(ScenarioAnalysis analysis)
    {
        foreach (var error in Flagged(analysis, FlagKind.Errors)) yield return error;
        if (analysis.Missing.Count > 0)
            yield return new($"runs: none at all: {PlacesText.Of(analysis, analysis.Missing)}", Tone.Doubtful);
        foreach (var few in Flagged(analysis, FlagKind.TooFewRuns)) yield return few;
        if (analysis.Tally.Invalid is > 0 and var invalid)
        {
            yield return new(
                $"runs: {Words.Whole(invalid)} of {Words.Whole(analysis.Tally.Measured)} {Was(invalid)} not what was asked for "
                    + $"and {Was(invalid)} left out", Tone.Doubtful);
        }
    }

    private static Sentence Disturbed(RunTally tally, List<RunRecord> records)
    {
        if (tally.Disturbed == 0 && records.All(record => Disturbance.Of(record).OthersRatio is null))
            return new("disturbance: nobody read what else ran on the machine", Tone.Unknown);
        var again = tally.MeasuredAgain > 0 ? $"; {Words.Count(tally.MeasuredAgain, "run")} measured again" : "";
        if (tally.Disturbed == 0)
        {
            return new(
                $"disturbance: nothing else used the machine during {Words.Count(tally.Measured, "run")}{again}", Tone.Passed);
        }

        var kept = tally.DisturbedAndCounted > 0
            ? $"{Words.Whole(tally.DisturbedAndCounted)} of them count all the same, as hardly any quiet ones are there"
            : "none of them counts";
        return new(
            $"disturbance: something else used the machine in {tally.Disturbed} of {Words.Count(tally.Measured, "run")}, "
                + $"{kept}{again}",
            tally.DisturbedAndCounted > 0 ? Tone.Doubtful : Tone.Passed);
    }

    private static IEnumerable<Sentence> Steady(ScenarioAnalysis analysis, List<RunRecord> records)
    {
        foreach (var unsettled in Flagged(analysis, FlagKind.NotSteady)) yield return unsettled;
        if (analysis.Drift is { } drift)
        {
            var quarters = $"the last quarter of the runs was x{Words.Ratio(drift.LastOverFirst)} as fast as the first";
            yield return drift.IsNotable
                ? new($"drift: {quarters}; comparisons within blocks make up for it, single rates don't", Tone.Doubtful)
                : new($"steady: {quarters}, which may be chance", Tone.Passed);
        }

        var warmups = records.Select(record => record.Warmup).OfType<WarmupRecord>().ToList();
        if (warmups.Count > 0 && !Flagged(analysis, FlagKind.NotSteady).Any())
        {
            var drifting = warmups.Count(warmup => warmup.HasDrifted());
            var before = drifting == 0 ? "no longer drifted before any" : $"still drifted before {drifting}";
            yield return new($"warm-up: the rate {before} of {Words.Count(warmups.Count, "run")}", Tone.Passed);
        }
    }

    private static IEnumerable<Sentence> Client(ScenarioAnalysis analysis, List<RunRecord> records)
    {
        var bound = Flagged(analysis, FlagKind.ClientBound).ToList();
        foreach (var sentence in bound) yield return sentence;
        var parts = records.Select(record => record.Operations / record.ElapsedSeconds / record.ClientCeilingPerSecond)
            .OfType<double>().ToList();
        if (parts.Count == 0)
        {
            yield return new("client: how fast it can be was not measured", Tone.Unknown);
        }
        else if (bound.Count == 0)
        {
            yield return new(
                $"client: half of the runs were at {Words.Percent(parts.Median())} or less of what it can do, "
                    + $"all at {Words.Percent(parts.Max())} or less", Tone.Passed);
        }
    }

    private static Sentence Outliers(RunTally tally) => tally.SetAside.Count == 0
        ? new("outliers: no run was set aside", Tone.Passed)
        : new(
            $"outliers: {Words.Count(tally.SetAside.Count, "run")} of {Words.Whole(tally.Measured)} far from "
                + $"{(tally.SetAside.Count == 1 ? "its" : "their")} cell and block set aside", Tone.Passed);

    /// <summary>A sentence a problem, then the cells that have it: "7 operations failed: put with 4 processes".</summary>
    private static IEnumerable<Sentence> Flagged(ScenarioAnalysis analysis, FlagKind kind) =>
        from cell in analysis.Cells
        from flag in cell.Flags
        where flag.Kind == kind
        group (cell.Cell.Action, cell.Cell.Procs) by flag.Text into problem
        select new Sentence($"{Head(kind)}{problem.Key}: {PlacesText.Of(analysis, [.. problem])}", Tone.Doubtful);

    private static string Head(FlagKind kind) => kind switch
    {
        FlagKind.Errors => "errors: ",
        FlagKind.TooFewRuns => "runs: ",
        _ => "",
    };

    private static string Was(int count) => count == 1 ? "was" : "were";
}
