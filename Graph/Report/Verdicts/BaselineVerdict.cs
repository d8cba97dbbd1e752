using Graph.Analysis.Comparing;
using Graph.Analysis.Scenarios;

namespace Graph.Report.Verdicts;

internal sealed record BaselineVerdict
{
    public required Conditions Conditions { get; init; }

    public required Conditions BaselineConditions { get; init; }

    public required IReadOnlyList<string> Differences { get; init; }

    public required IReadOnlyList<BaselineCellVerdict> Cells { get; init; }

    public static BaselineVerdict Of(StudyComparison study) => new()
    {
        Conditions = study.Key.Conditions,
        BaselineConditions = study.BaselineKey.Conditions,
        Differences = study.Differences,
        Cells = [.. study.Comparisons.Select(
            cell => new BaselineCellVerdict(cell.Action, cell.Comparison.Procs, ComparisonVerdict.Of(cell.Comparison)))],
    };
}

internal sealed record BaselineCellVerdict(string Action, int Procs, ComparisonVerdict Against);
