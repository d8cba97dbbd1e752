using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Analysis.Scenarios;
using Graph.Analysis.Variants;
using Graph.Inputs;
using Graph.Rendering;
using Graph.Report;
using Graph.Report.Verdicts;
using Graph.Report.Wording;
using Graph.Report.Writers;

namespace Graph;

/// <summary>Input to table, sentences, pictures and report: the order in which it happens, and what is said on the way.</summary>
internal static class GraphRun
{
    private const int Done = 0;
    private const int Failed = 1;

    public static async Task<int> RunAsync(GraphOptions options, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        var reading = StudyReader.Read(options.Inputs, options.SkipBad, cancel);
        if (reading.Input is not { } input) return Fail(errors, reading.Failure!);
        if (options.Look) return Say(LookAt(input, options, cancel), output);
        if (input.DecidedAfterBlocks is { } blocks) options = options with { Rule = options.Rule.AtLook(blocks) };
        var report = ReportOf(input, options, cancel);
        if (options.Baseline is { } named)
        {
            var (baseline, refusal) = Compare(report, named, options, cancel);
            if (refusal is not null) return Fail(errors, refusal);
            report = report with { Baseline = baseline };
        }

        // Half of the results would be worse than none.
        if (options.VerdictFile is { } planned && VerdictProblem(planned, OutputFolder.EnsureWritable) is { } unwritable)
            return Fail(errors, unwritable);
        try
        {
            return await WriteAsync(report, options, output, errors, cancel) is { } failure ? Fail(errors, failure) : Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Fail(
                errors,
                $"can't write: {OneLine.Of(failure.Message.TrimEnd('.'))}: name a folder with --out that you may write to");
        }
    }

    /// <summary>Tables and answers first, so that they are there when a picture can't be drawn.</summary>
    /// <returns>What went wrong, in one line; null when nothing did.</returns>
    private static async Task<string?> WriteAsync(
        StudyReport report, GraphOptions options, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        var folder = new OutputFolder(options.OutputFolder);
        folder.WriteTables(report.Analyses);
        var nothingDrawn = PictureSet.None(report);
        var answers = Outline.Of(report, nothingDrawn.Drawn);
        if (options.VerdictFile is { } file)
        {
            var json = VerdictDocument.Of(report, answers).ToJson();
            if (VerdictProblem(file, path => OutputFolder.WriteFile(path, json)) is { } problem) return problem;
        }

        foreach (var warning in report.InputWarnings) errors.WriteLine($"Graph: {warning}");
        ConsoleReport.Write(answers, output, errors);
        var pictures = options.Pictures
            ? await PictureSet.DrawAsync(report, Renderers.BuiltIn, folder, cancel)
            : nothingDrawn;
        var document = Outline.Of(report, pictures.Drawn);
        folder.WriteText("report.md", MarkdownReport.Write(document));
        folder.WriteText("report.html", HtmlReport.Write(document));
        output.WriteLine($"report: {folder.PathOf("report.html")}");
        return pictures.Failure;
    }

    /// <returns>Why it can't be written; null when it can.</returns>
    private static string? VerdictProblem(string path, Action<string> write)
    {
        try
        {
            write(path);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"--verdict-json {OneLine.Of(path)} can't be written: name a file in a folder of yours";
        }
    }

    private static StudyReport ReportOf(StudyInput input, GraphOptions options, CancellationToken cancel)
    {
        var analyses = ScenarioAnalysis.OfStudy(Scenarios(input, options), options.Rule, cancel);
        return new StudyReport
        {
            Rule = options.Rule,
            Analyses = analyses,
            Variants = VariantStudies.Of(analyses, options.Rule),
            InputWarnings = input.Warnings,
            Plan = input.Plan,
        };
    }

    /// <summary>A look before the last pays with the share of the error that the schedule gives it.</summary>
    private static Look LookAt(StudyInput input, GraphOptions options, CancellationToken cancel)
    {
        var scenarios = Scenarios(input, options);
        var blocks = input.Records.Where(record => record.Block is not null).Select(record => (record.Study, record.Block))
            .Distinct().Count();
        var rule = options.IsFinal ? options.Rule : options.Rule.AtLook(blocks);
        cancel.ThrowIfCancellationRequested();
        var verdicts = ScenarioVerdicts.Of(scenarios, rule);
        return Look.Of(verdicts, VariantStudies.Compare([.. scenarios.Zip(verdicts)], rule).SelectMany(answers => answers.All));
    }

    private static int Say(Look look, TextWriter output)
    {
        foreach (var line in LookText.Of(look)) output.WriteLine(OneLine.Whole(line));
        return Done;
    }

    private static IReadOnlyList<Scenario> Scenarios(StudyInput input, GraphOptions options) =>
        [.. ScenarioBuilder.FromRecords(input.Records), .. ScenarioBuilder.FromRows(input.Rows, options.RunsPerRow)];

    private static (IReadOnlyList<StudyComparison> Comparisons, string? Refusal) Compare(
        StudyReport report, string named, GraphOptions options, CancellationToken cancel)
    {
        var reading = StudyReader.Read([named], options.SkipBad, cancel);
        if (reading.Input is not { } input) return ([], reading.Failure);
        var comparisons = StudyComparison.Of(
            [.. report.Analyses.Select(analysis => analysis.Scenario)], Scenarios(input, options), options.Rule, out var refusal);
        return (
            comparisons,
            refusal is null ? null : $"can't compare with {OneLine.Of(named)}: {refusal}: name a study of the same scenario");
    }

    private static int Fail(TextWriter errors, string line)
    {
        errors.WriteLine($"Graph: {line}");
        return Failed;
    }
}
