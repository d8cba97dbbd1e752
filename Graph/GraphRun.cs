using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Analysis.Ways;
using Graph.Inputs;
using Graph.Rendering;
using Graph.Report;

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
        var report = ReportOf(input, options, cancel);
        if (options.Baseline is { } named)
        {
            var (baseline, refusal) = Compare(report, named, options, cancel);
            if (refusal is not null) return Fail(errors, refusal);
            report = report with { Baseline = baseline };
        }

        try
        {
            var folder = new OutputFolder(options.OutputFolder);
            folder.WriteTables(report.Analyses);
            if (options.VerdictFile is { } file) OutputFolder.WriteFile(file, VerdictDocument.Of(report).ToJson());
            Say(report, output, errors);
            var drawn = await PictureSet.DrawAsync(report.Analyses, report.WaysIn, Renderers.BuiltIn, folder, cancel);
            folder.WriteText("report.md", MarkdownReport.Write(report, drawn.Names));
            folder.WriteText("report.html", HtmlReport.Write(report, drawn.Inline));
            output.WriteLine($"report: {folder.PathOf("report.html")}");
            return drawn.Failure is { } failure ? Fail(errors, failure) : Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Fail(errors, $"can't write: {OneLine.Of(failure.Message)}: name a folder with --out that you may write to");
        }
    }

    private static StudyReport ReportOf(StudyInput input, GraphOptions options, CancellationToken cancel)
    {
        var analyses = Scenarios(input, options).Select(scenario => ScenarioAnalysis.Of(scenario, options.Rule, cancel)).ToList();
        return new StudyReport
        {
            Rule = options.Rule,
            Analyses = analyses,
            WaysIn = WaysInStudy.Of(analyses),
            InputWarnings = input.Warnings,
            Plan = input.Plan,
        };
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

    private static void Say(StudyReport report, TextWriter output, TextWriter errors)
    {
        foreach (var warning in report.InputWarnings) errors.WriteLine($"Graph: {warning}");
        foreach (var analysis in report.Analyses)
        {
            output.WriteLine($"{OneLine.Whole(analysis.Scenario.Key.Describe())}:");
            foreach (var sentence in Sentences.Of(analysis)) output.WriteLine($"  {OneLine.Whole(sentence)}");
            foreach (var warning in analysis.Warnings()) errors.WriteLine($"Graph: {OneLine.Whole(warning)}");
        }

        foreach (var study in report.WaysIn)
        {
            output.WriteLine($"{OneLine.Whole(WaysInText.Title(study))}:");
            foreach (var sentence in WaysInText.Sentences(study, report.Rule)) output.WriteLine($"  {OneLine.Whole(sentence)}");
        }

        foreach (var baseline in report.Baseline)
        {
            output.WriteLine($"{OneLine.Whole(baseline.Key.Describe())}, against the baseline:");
            foreach (var sentence in BaselineText.Sentences(baseline, report.Rule))
                output.WriteLine($"  {OneLine.Whole(sentence)}");
            foreach (var caution in BaselineText.Of(baseline)) errors.WriteLine($"Graph: {OneLine.Whole(caution)}");
        }
    }

    private static int Fail(TextWriter errors, string line)
    {
        errors.WriteLine($"Graph: {line}");
        return Failed;
    }
}
