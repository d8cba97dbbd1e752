using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Analysis.Variants;
using Graph.Phrases;
using Graph.Report.Document;
using Graph.Report.Wording;
using Graph.Spelling;

namespace Graph.Report;

/// <summary>
/// The one place that says in which order a report tells what it tells: the verdict, the ratios, the checks, then the details.
/// Every writer (terminal, Markdown, HTML, JSON) goes through the sections as they come from here.
/// </summary>
internal static class Outline
{
    /// <param name="report">What to tell.</param>
    /// <param name="pictures">For each scenario, then for each comparison of variants; empty where none were drawn.</param>
    public static ReportDocument Of(StudyReport report, IReadOnlyList<IReadOnlyList<DrawnPicture>> pictures) => new(
        $"How multiprocessing affects {SubjectOf(report)}",
        [
            .. report.Variants.SelectMany(
                (study, index) => OfVariants(study, report.Rule, pictures[report.Analyses.Count + index])),
            .. report.Analyses.SelectMany((analysis, index) => OfScenario(analysis, pictures[index])),
            .. report.Baseline.SelectMany(study => OfBaseline(study, report.Rule)),
            new ReportSection(SectionKind.Method, "How it was measured", [.. Method.Of(report)]),
        ]);

    private static IEnumerable<ReportSection> OfScenario(ScenarioAnalysis analysis, IReadOnlyList<DrawnPicture> pictures)
    {
        var key = analysis.Scenario.Key;
        yield return new ReportSection(SectionKind.Scenario, string.Join(", ", [key.Work, .. key.Conditions.Describe()]), []);
        yield return new ReportSection(SectionKind.Verdict, "Verdict", [new SentencesPart(null, [.. VerdictText.Of(analysis)])]);
        if (RatioTable.Of(analysis) is { } ratios)
        {
            var fewest = analysis.Actions.Select(action => action.Reference.Cell.Procs).Distinct().Order().ToList();
            yield return new ReportSection(
                SectionKind.Ratios,
                $"Each number of processes against {Words.Processes(fewest)}",
                [.. Pictured(pictures, "ratios"), new TablePart(ratios)]);
        }

        yield return new ReportSection(
            SectionKind.Checks, "Whether to believe it", [new SentencesPart(null, CheckText.Of(analysis))]);
        yield return new ReportSection(SectionKind.Actions, "Action by action",
            [
                .. analysis.Actions.Select(action => new SentencesPart(action.Action, [.. ActionText.Of(action)]))
                    .Where(part => part.Sentences.Count > 0)
            ]);
        var others = pictures.Where(picture => picture.Kind != "ratios").Select(picture => new PicturePart(picture)).ToList();
        if (others.Count > 0) yield return new ReportSection(SectionKind.Pictures, "Pictures", others);
        yield return new ReportSection(SectionKind.Figures, "All figures",
            [
                .. new[] { Tables.Cells(analysis), LatencyTable.Of(analysis), Tables.Scaling(analysis) }.OfType<ReportTable>()
                    .Select(table => new TablePart(table))
            ]);
    }

    private static IEnumerable<ReportSection> OfVariants(
        VariantStudy study, DecisionRule rule, IReadOnlyList<DrawnPicture> pictures)
    {
        yield return new ReportSection(SectionKind.Scenario, VariantText.Title(study), []);
        yield return new ReportSection(
            SectionKind.Verdict, "Verdict", [new SentencesPart(null, [.. VariantText.Verdict(study, rule)])]);
        yield return new ReportSection(SectionKind.Ratios, $"Against {VariantWords.Of(study.Dimension, study.Reference)}",
            [.. Pictured(pictures, RatiosOf(study)), new TablePart(RatioTable.Of(study))]);
        if (VariantText.Checks(study).ToList() is { Count: > 0 } checks)
            yield return new ReportSection(SectionKind.Checks, "Whether to believe it", [new SentencesPart(null, checks)]);
        var others = pictures.Where(picture => picture.Kind != RatiosOf(study)).Select(picture => new PicturePart(picture))
            .ToList();
        if (others.Count > 0) yield return new ReportSection(SectionKind.Pictures, "Pictures", others);
        yield return new ReportSection(SectionKind.Figures, "All figures",
            [
                .. new[] { VariantText.Table(study), LatencyTable.Of(study) }.OfType<ReportTable>()
                    .Select(table => new TablePart(table))
            ]);
    }

    private static string RatiosOf(VariantStudy study) => $"{VariantWords.FileNameOf(study.Dimension)}-ratios";

    private static IEnumerable<ReportSection> OfBaseline(StudyComparison study, DecisionRule rule)
    {
        yield return new ReportSection(SectionKind.Scenario, $"Against the baseline: {study.Key.Describe()}", []);
        yield return new ReportSection(
            SectionKind.Verdict, "Verdict", [new SentencesPart(null, [BaselineText.Verdict(study, rule)])]);
        yield return new ReportSection(
            SectionKind.Ratios, "Each cell against the baseline's", [new TablePart(RatioTable.Of(study))]);
        yield return new ReportSection(SectionKind.Checks, "Whether to believe it",
            [new SentencesPart(null, [.. BaselineText.Cautions(study).Select(caution => new Sentence(caution, Tone.Doubtful))])]);
    }

    private static IEnumerable<ReportPart> Pictured(IReadOnlyList<DrawnPicture> pictures, string kind) =>
        pictures.Where(picture => picture.Kind == kind).Select(picture => new PicturePart(picture));

    private static string SubjectOf(StudyReport report) =>
        Words.List([.. report.Analyses.Select(analysis => Subject.Of(analysis.Scenario.Key.Conditions.Store)).Distinct()]);
}
