using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Analysis.Variants;
using Graph.Phrases;
using Graph.Report.Document;
using Graph.Spelling;

namespace Graph.Report;

/// <summary>Ratios as a table: what was compared goes down, the number of processes across.</summary>
internal static class RatioTable
{
    private const string AllActions = "all actions";

    /// <summary>All actions first; of a single action that would be the same twice. Null where nothing was compared.</summary>
    public static ReportTable? Of(ScenarioAnalysis analysis)
    {
        var rows = new List<(string Name, bool Bold, IReadOnlyList<Comparison> Comparisons)>();
        if (analysis.Actions.Count != 1) rows.Add((AllActions, true, analysis.Primary));
        rows.AddRange(analysis.Actions.Select(action => (action.Action, analysis.Actions.Count == 1, action.Comparisons)));
        var counts = rows.SelectMany(row => row.Comparisons).Select(comparison => comparison.Procs).Distinct().Order().ToList();
        return counts.Count == 0 ? null : Build("Action", rows, counts);
    }

    /// <summary>All actions first, then each; of a single action that would be the same twice.</summary>
    public static ReportTable Of(VariantStudy study)
    {
        var others = study.Variants.Where(variant => variant != study.Reference).ToList();
        var rows = new List<(string Name, bool Bold, IReadOnlyList<Comparison> Comparisons)>();
        rows.AddRange(others.Select(variant => (
            Named(study, AllActions, variant), true,
            (IReadOnlyList<Comparison>)[.. study.Primary.Where(answer => answer.Variant == variant).Select(answer => answer.Comparison)])));
        if (study.Actions.Count > 1)
        {
            rows.AddRange(study.Actions.SelectMany(action => others.Select(variant => (
                Named(study, action.Action, variant), false,
                (IReadOnlyList<Comparison>)[.. action.Cells.Where(cell => cell.Variant == variant).Select(cell => cell.Against).OfType<Comparison>()]))));
        }

        return Build(
            VariantWords.NameOf(study.Dimension), rows,
            [
                .. rows.SelectMany(row => row.Comparisons).Select(comparison => comparison.Procs).Distinct().Order()
            ]);
    }

    public static ReportTable Of(StudyComparison study) => Build("Action",
        [
            .. study.Comparisons.GroupBy(cell => cell.Action)
                .Select(action => (action.Key, false, (IReadOnlyList<Comparison>)[.. action.Select(cell => cell.Comparison)]))
        ],
        [.. study.Comparisons.Select(cell => cell.Comparison.Procs).Distinct().Order()]);

    private static ReportValue ValueOf(Comparison? comparison, bool bold) => comparison is null
        ? new ReportValue("")
        : new ReportValue(RatioWords.WithAnswer(comparison), comparison.Ratio) { Tone = ToneOf(comparison.Answer), Bold = bold };

    public static Tone ToneOf(Answer answer) => answer switch
    {
        Answer.Faster => Tone.Faster,
        Answer.Slower => Tone.Slower,
        Answer.Equivalent => Tone.Equivalent,
        _ => Tone.Open,
    };

    private static string Named(VariantStudy study, string action, string variant) =>
        study.Actions.Count == 1
            ? VariantWords.Of(study.Dimension, variant)
            : $"{action}, {VariantWords.Of(study.Dimension, variant)}";

    private static ReportTable Build(
        string what, IReadOnlyList<(string Name, bool Bold, IReadOnlyList<Comparison> Comparisons)> rows, IReadOnlyList<int> counts) => new(
        "",
        [new(what), .. counts.Select(procs => new ReportColumn(Words.Processes(procs), IsProse: true))],
        [
            .. rows.Select((row, place) => (IReadOnlyList<ReportValue>)
            [
                // Sorted by what was compared, rows go back to the order that they came in.
                new(row.Name, place) { Bold = row.Bold },
                .. counts.Select(procs => ValueOf(row.Comparisons.FirstOrDefault(one => one.Procs == procs), row.Bold)),
            ]),
        ]);
}
