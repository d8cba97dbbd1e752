using Graph.Analysis;
using Graph.Spelling;

namespace Graph.Report.Wording;

/// <summary>Cells in as few words as can be.</summary>
internal static class PlacesText
{
    /// <summary>
    /// Cells that something does not hold for are named instead of the others when they are at most one in so many.
    /// </summary>
    private const int FewOfAll = 4;

    /// <summary>"every cell", "every cell but get", "get, put with 1 and 2 processes".</summary>
    public static string Of(ScenarioAnalysis analysis, IReadOnlyList<(string Action, int Procs)> places)
    {
        var all = analysis.Cells.Select(cell => (cell.Cell.Action, cell.Cell.Procs)).ToList();
        var others = all.Except(places).ToList();
        if (places.Count > 1 && others.Count == 0) return "every cell";
        if (others.Count > 0 && others.Count * FewOfAll <= all.Count) return $"every cell but {Of(analysis, others)}";
        return string.Join(", ", places.GroupBy(place => place.Action).Select(action =>
            analysis.Actions.First(verdict => verdict.Action == action.Key).Cells is { Count: > 1 } cells
                && cells.Count == action.Count()
                ? action.Key
                : $"{action.Key} with {Words.Processes([.. action.Select(place => place.Procs)])}"));
    }
}
