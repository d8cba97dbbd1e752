using System.Globalization;

namespace Graph.Analysis;

/// <summary>What is wrong with cells, in words that stand next to their figures: the problem first, then the cells that have it.</summary>
internal static class Remark
{
    public static IEnumerable<string> Of(IReadOnlyList<Cell> cells)
    {
        var most = cells.Max(cell => cell.Runs.Count);
        var problems = cells.SelectMany(cell => ProblemsOf(cell, most).Select(problem => (Problem: problem, cell.Action, cell.Procs)));
        var counts = cells.Select(cell => cell.Procs).Distinct().Order().ToList();
        var absent = cells.Select(cell => cell.Action).Distinct()
            .SelectMany(action => counts.Select(procs => (Problem: "no run at all", Action: action, Procs: procs)))
            .Where(place => !cells.Any(cell => cell.Action == place.Action && cell.Procs == place.Procs));
        return problems.Concat(absent).GroupBy(entry => entry.Problem).Select(problem =>
            $"{problem.Key}: {string.Join(", ", problem.GroupBy(entry => entry.Action).Select(action => $"{action.Key} with {Processes([.. action.Select(entry => entry.Procs)])}"))}");
    }

    /// <summary>"1 process", "4 processes", "2, 4 and 8 processes".</summary>
    public static string Processes(params IReadOnlyList<int> counts)
    {
        var texts = counts.Select(count => count.ToString(CultureInfo.InvariantCulture)).ToList();
        var list = texts.Count == 1 ? texts[0] : $"{string.Join(", ", texts.SkipLast(1))} and {texts[^1]}";
        return $"{list} {(counts is [1] ? "process" : "processes")}";
    }

    private static IEnumerable<string> ProblemsOf(Cell cell, int most)
    {
        if (cell.Runs.Sum(run => run.Failed) is > 0 and var failed)
            yield return failed == 1 ? "1 operation failed" : string.Create(CultureInfo.InvariantCulture, $"{failed} operations failed");
        if (cell.Runs.Count(run => run.Record.Operations == 0) is > 0 and var empty)
            yield return $"{empty} of {cell.Runs.Count} runs without one right operation";
        if (cell.Runs.Count < most) yield return $"only {cell.Runs.Count} of {most} runs";
    }
}
