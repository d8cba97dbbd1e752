using Graph.Analysis;
using Graph.Analysis.Scenarios;
using Graph.Phrases;
using Graph.Spelling;
using StudyResults;

namespace Graph.Charts;

/// <summary>The seed's picture: operations per second of each action, a bar for each number of processes.</summary>
internal static class BlobsInParallel
{
    private const double GroupWidth = 0.84;

    /// <summary>A group has room for at least so many bars, so that a lone one is no wall.</summary>
    private const int FewestPlaces = 3;

    /// <summary>Whiskers are drawn whole up to so many times the largest run.</summary>
    private const double MostWhisker = 2;

    /// <summary>Among more bars than these the circles would hide each other and the bars.</summary>
    private const int MostBarsWithCircles = 72;

    public static Figure Describe(ScenarioAnalysis analysis)
    {
        var cells = analysis.Cells.ToList();
        var actions = cells.Select(cell => cell.Cell.Action).Distinct().Order(ResultsTable.ActionOrder).ToList();
        var counts = cells.Select(cell => cell.Cell.Procs).Distinct().Order().ToList();
        var width = GroupWidth / Math.Max(FewestPlaces, counts.Count);
        double Place(Cell cell) => actions.IndexOf(cell.Action) + (counts.IndexOf(cell.Procs) - (counts.Count - 1) / 2.0) * width;

        var bars = counts.Select((procs, index) => new BarLayer(
        [
            .. cells.Where(cell => cell.Cell.Procs == procs)
                .Select(cell => new Bar(Place(cell.Cell), width, 0, cell.Cell.OperationsPerSecond)),
        ])
        {
            Label = Words.Processes(procs),
            Paint = Palette.Processes(index, counts.Count),
        });
        var ranges = cells.Where(cell => cell.Throughput?.Units > 1)
            .Select(cell => new Span(Place(cell.Cell), cell.Throughput!.Low, cell.Throughput.High)).ToList();
        var points = cells.SelectMany(cell => RawRuns.Spread(cell.Cell, Place(cell.Cell), width)).ToList();
        var largest = points.Select(point => point.Y).Concat(cells.Select(cell => cell.Cell.OperationsPerSecond)).Max();
        // Of two runs the interval may be a hundred times as wide as the bar is high: such a whisker leaves the picture.
        var top = ranges.Select(range => Math.Min(range.High, MostWhisker * largest)).Append(largest).Max();
        var circles = actions.Count * counts.Count <= MostBarsWithCircles ? points : [];
        return new Figure
        {
            Title = $"How multiprocessing affects {Subject.Of(analysis.Scenario.Key.Conditions.Store)}",
            Subtitle = analysis.Scenario.Key.Describe(),
            Caption = [Explanation(analysis, circles.Count > 0)],
            Panels =
            [
                new Panel
                {
                    X = new Axis(
                        "Action", -0.5, actions.Count - 0.5,
                        [.. actions.Select((action, index) => new Tick(index, Pictures.LabelOf(action)))]) { Categories = true },
                    Y = Scale.FromZero(Words.Rate(analysis.Scenario.Key.Conditions.Objective), top),
                    Layers =
                    [
                        .. bars, new RangeLayer([.. ranges]) { Paint = Palette.Ink },
                            new PointLayer(circles) { Paint = Palette.Ink },
                    ],
                },
            ],
        };
    }

    private static string Explanation(ScenarioAnalysis analysis, bool hasCircles)
    {
        var fullest = analysis.Cells.MaxBy(cell => cell.Cell.Runs.Count)!;
        var (least, runs) = (analysis.Cells.Min(cell => cell.Cell.Runs.Count), fullest.Cell.Runs.Count); // the control makes a cell fuller
        return runs switch
        {
            0 => $"Bars: mean of {Words.Count(analysis.Scenario.RunsPerRow ?? 1, "run")}; "
                + "the file holds no single runs, so nothing is known of their spread.",
            1 => "Bars and circles: the one run of each cell.",
            _ => $"Bars: geometric mean of {(least < runs ? $"{least} to " : "")}{runs} runs. "
                + $"{(hasCircles ? $"Circles: {RawRuns.Shown(runs)}. " : "")}"
                + "Whiskers: what the mean is known to"
                + (fullest.Throughput is { Units: > 1 } known ? $", covering with {Words.ExactPercent(known.Coverage)}." : "."),
        };
    }
}
