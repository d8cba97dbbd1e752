using System.Globalization;

namespace Graph.Analysis;

/// <summary>What is wrong with cells, in words that stand next to their figures.</summary>
internal static class Remark
{
    public static IEnumerable<string> Of(IReadOnlyList<Cell> cells)
    {
        foreach (var cell in cells)
        {
            if (cell.Runs.Sum(run => run.Failed) is > 0 and var failed)
                yield return $"{Name(cell)}: {failed.ToString(CultureInfo.InvariantCulture)} operations failed";
            if (cell.Runs.Count(run => run.Record.Operations == 0) is > 0 and var empty)
                yield return $"{Name(cell)}: {empty} of {cell.Runs.Count} runs without one right operation";
        }

        var most = cells.Max(cell => cell.Runs.Count);
        foreach (var cell in cells.Where(cell => cell.Runs.Count < most))
            yield return $"{Name(cell)}: only {cell.Runs.Count} of {most} runs";
        foreach (var action in cells.Select(cell => cell.Action).Distinct())
        {
            foreach (var procs in cells.Select(cell => cell.Procs).Distinct().Order())
            {
                if (!cells.Any(cell => cell.Action == action && cell.Procs == procs))
                    yield return $"{action} with {Processes(procs)}: no run at all";
            }
        }
    }

    public static string Processes(int procs) => procs == 1 ? "1 process" : string.Create(CultureInfo.InvariantCulture, $"{procs} processes");

    private static string Name(Cell cell) => $"{cell.Action} with {Processes(cell.Procs)}";
}
