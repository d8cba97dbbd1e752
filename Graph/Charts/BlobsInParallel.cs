using Graph.Analysis;
using StudyResults;

namespace Graph.Charts;

/// <summary>The seed's picture: operations per second of each action, a bar for each number of processes.</summary>
internal static class BlobsInParallel
{
    private const double GroupWidth = 0.84;

    /// <summary>A group has room for at least so many bars, so that a lone one is no wall.</summary>
    private const int FewestPlaces = 3;

    /// <summary>Raw runs are spread over this part of their bar, so that equal ones stay visible.</summary>
    private const double Spread = 0.5;

    public static Figure Describe(Scenario scenario)
    {
        var actions = scenario.Cells.Select(cell => cell.Action).Distinct().Order(ResultsTable.ActionOrder).ToList();
        var counts = scenario.Cells.Select(cell => cell.Procs).Distinct().Order().ToList();
        var width = GroupWidth / Math.Max(FewestPlaces, counts.Count);
        double Place(Cell cell) =>
            actions.IndexOf(cell.Action) + (counts.IndexOf(cell.Procs) - (counts.Count - 1) / 2.0) * width;

        var bars = counts.Select((procs, index) => (Layer)new BarLayer(
        [
            .. scenario.Cells.Where(cell => cell.Procs == procs)
                .Select(cell => new Bar(Place(cell), width, 0, cell.OperationsPerSecond)),
        ])
        {
            Label = Remark.Processes(procs),
            Paint = Paint.Ordered(index, counts.Count),
        });
        var measured = scenario.Cells.Where(cell => cell.Runs.Count > 0).ToList();
        var ranges = new RangeLayer(
        [
            .. measured.Where(cell => cell.Runs.Count > 1)
                .Select(cell => new Span(Place(cell), cell.Runs.Min(run => run.OperationsPerSecond), cell.Runs.Max(run => run.OperationsPerSecond))),
        ])
        { Paint = Paint.Ink };
        var points = new PointLayer([.. measured.SelectMany(cell => RunPoints(cell, Place(cell), width))]) { Paint = Paint.Ink };
        var largest = scenario.Cells.Max(cell => cell.Runs.Select(run => run.OperationsPerSecond).Append(cell.OperationsPerSecond).Max());

        return new Figure
        {
            Title = "How multiprocessing affects Blobs Server",
            Subtitle = scenario.Key.Describe(),
            Caption = [Explanation(scenario), .. scenario.Remarks],
            Panels =
            [
                new Panel
                {
                    X = new Axis("Action", -0.5, actions.Count - 0.5, [.. actions.Select((action, index) => new Tick(index, LabelOf(action)))]),
                    Y = Scale.FromZero("Operations per second", largest),
                    Layers = [.. bars, ranges, points],
                },
            ],
        };
    }

    /// <summary>get, flag and delete are a PUT followed by that request, and the labels say so.</summary>
    private static string LabelOf(string action) => action is "get" or "flag" or "delete" ? $"put+{action}" : action;

    private static IEnumerable<Point> RunPoints(Cell cell, double place, double width)
    {
        var last = Math.Max(1, cell.Runs.Count - 1);
        return cell.Runs.Select((run, index) => new Point(
            cell.Runs.Count == 1 ? place : place + ((double)index / last - 0.5) * Spread * width, run.OperationsPerSecond));
    }

    private static string Explanation(Scenario scenario)
    {
        var most = scenario.Cells.Max(cell => cell.Runs.Count);
        return most switch
        {
            0 => $"Bars: mean of {scenario.RunsPerRow} runs; the file holds no single runs, so nothing is known of their spread.",
            1 => "Bars and circles: the one run of each cell.",
            _ => $"Bars: mean of {most} runs. Circles: single runs. Whiskers: their range.",
        };
    }
}
