using Graph.Analysis;
using Graph.Analysis.Scenarios;

namespace Graph.Charts;

/// <summary>The single runs of a cell as points.</summary>
internal static class RawRuns
{
    /// <summary>More would be a blot.</summary>
    private const int MostShown = 60;

    /// <summary>Points are spread over this part of their place, so that equal ones stay visible.</summary>
    private const double Part = 0.5;

    /// <summary>The rates of the runs around a place of the given width, in the order in which they were made.</summary>
    public static IEnumerable<Point> Spread(Cell cell, double place, double width)
    {
        var shown = Evenly.Some(cell.Runs, MostShown);
        var last = Math.Max(1, shown.Count - 1);
        return shown.Select((run, index) => new Point(
            shown.Count == 1 ? place : place + ((double)index / last - 0.5) * Part * width, run.OperationsPerSecond));
    }

    /// <summary>"single runs", or how many of them are drawn.</summary>
    public static string Shown(int runs) => runs <= MostShown ? "single runs" : $"{MostShown} of the runs";
}
