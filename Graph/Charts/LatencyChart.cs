using Graph.Analysis;
using Graph.Analysis.Limits;
using Graph.Spelling;
using StudyResults;

namespace Graph.Charts;

/// <summary>
/// How long requests took: four percentiles of each cell on an axis of logarithms, with the spread between runs.
/// </summary>
internal static class LatencyChart
{
    private const double GroupWidth = 0.72;

    /// <summary>A percentile is shown where at least so many requests took longer.</summary>
    private const double LeastBeyond = 10;

    /// <summary>With more groups of four marks than this in a third of the page they would touch.</summary>
    private const int MostInThird = 5;

    private static readonly (double Percent, string Label, Mark Mark, Func<LatencyRecord, double> Of)[] Percentiles =
    [
        (50, "p50: half took longer", Mark.Circle, latency => latency.P50Microseconds),
        (90, "p90: 1 in 10", Mark.Square, latency => latency.P90Microseconds),
        (99, "p99: 1 in 100", Mark.TriangleUp, latency => latency.P99Microseconds),
        (99.9, "p99.9: 1 in 1000", Mark.Diamond, latency => latency.P999Microseconds),
    ];

    /// <summary>Null where the runs hold no latencies.</summary>
    public static Figure? Describe(ScenarioAnalysis analysis)
    {
        var counts = analysis.Cells.Select(cell => cell.Cell.Procs).Distinct().Order().ToList();
        var panels = analysis.Actions.SelectMany(action => StepsOf(action.Action, action.Cells).Select(step => Describe(
            step.Title, step.Step, Scale.Processes([.. action.Cells.Select(cell => cell.Cell.Procs)]), action.Cells, counts,
            cell => action.Cells.TakeWhile(other => other != cell).Count()))).ToList();
        return panels.Count == 0 ? null : new Figure
        {
            Title = "How long requests took",
            Subtitle = analysis.Scenario.Key.Describe(),
            Caption = [CaptionOf(analysis.Cells)],
            Panels = panels,
            Columns = counts.Count > MostInThird ? 1 : null,
        };
    }

    /// <summary>What the marks are, for cells of which some have times.</summary>
    public static string CaptionOf(IEnumerable<CellSummary> cells)
    {
        var most = cells.Max(cell => cell.Cell.Runs.Count);
        return "Marks: all requests of the named kind together. "
            + (most > 1 ? "Whiskers: the lowest and the highest of the single runs. " : "")
            + (most > StepLatency.MostRuns ? $"Of each cell the first {StepLatency.MostRuns} runs are shown. " : "")
            + "The axis is logarithmic.";
    }

    /// <summary>The step that the action is named for; of an action that is a sequence, or a trace, each of its steps.</summary>
    public static IReadOnlyList<(string Step, string Title)> StepsOf(string action, IEnumerable<CellSummary> cells)
    {
        var steps = cells.SelectMany(cell => cell.Latency).Where(step => step.Histogram.Count > 0).Select(step => step.Step)
            .Distinct().ToList();
        if (steps.Contains(action)) return [(action, Pictures.StepOf(action))];
        return [.. steps.Select(step => (step, steps.Count == 1 ? Pictures.StepOf(action) : TitleOf(action, step)))];
    }

    /// <summary>Two actions may both have a post; the steps of a trace name their actions themselves.</summary>
    private static string TitleOf(string action, string step) =>
        step.Contains('.', StringComparison.Ordinal) ? step : $"{action}: {step}";

    /// <param name="title">Null where the figure has a single panel.</param>
    /// <param name="step">Whose times are shown.</param>
    /// <param name="x">Where the cells stand.</param>
    /// <param name="cells">Those without times are left out.</param>
    /// <param name="counts">All numbers of processes of the picture, which set the colours.</param>
    /// <param name="place">A cell's place on the axis.</param>
    /// <param name="width">How much of the axis a cell has.</param>
    /// <param name="namesProcesses">Whether the legend names the numbers of processes, which the axis does not.</param>
    public static Panel Describe(
        string? title, string step, Axis x, IEnumerable<CellSummary> cells, IReadOnlyList<int> counts, Func<CellSummary,
            double> place, double width =
            GroupWidth,
        bool namesProcesses = false)
    {
        var ladders = cells.Select(cell => (Cell: cell, Latency: cell.Latency.FirstOrDefault(latency => latency.Step == step)))
            .Where(entry => entry.Latency is { Histogram.Count: > 0 })
            .Select(entry => (entry.Cell, Rungs: Rungs(entry.Cell, entry.Latency!, place(entry.Cell), width))).ToList();
        var ends = ladders.SelectMany(ladder => ladder.Rungs)
            .SelectMany(rung => (double[])[rung.Span.Low, rung.Span.High, rung.Middle]).ToList();
        return new Panel
        {
            Title = title,
            X = x,
            Y = Scale.Logarithmic("Milliseconds", Math.Pow(10, ends.Min()), Math.Pow(10, ends.Max())),
            Layers =
            [
                .. ladders.Select(ladder => new LineLayer([.. ladder.Rungs.Select(rung => new Point(rung.Span.X, rung.Middle))])
                {
                    Paint = PaintOf(ladder.Cell, counts),
                }),
                .. ladders.Select(ladder => new RangeLayer(
                    [.. ladder.Rungs.Where(rung => rung.Span.Low < rung.Span.High).Select(rung => rung.Span)])
                {
                    Paint = Palette.Ink,
                }),
                .. ladders.SelectMany(ladder => ladder.Rungs.Select(rung => new LineLayer([new Point(rung.Span.X, rung.Middle)])
                {
                    Paint = PaintOf(ladder.Cell, counts),
                    Mark = rung.Mark,
                    MarkPixels = 7,
                    Joined = false,
                })),
                // The shapes mean the same in every colour.
                .. Percentiles.Select(percentile => new LineLayer([])
                {
                    Paint = Palette.Ink,
                    Label = percentile.Label,
                    Mark = percentile.Mark,
                    Joined = false,
                }),
                .. namesProcesses
                    ? counts.Select(
                        (procs, index) =>
                            new BarLayer([]) { Paint = Palette.Processes(index, counts.Count), Label = Words.Processes(procs) })
                    : [],
            ],
        };
    }

    private static Paint PaintOf(CellSummary cell, IReadOnlyList<int> counts) =>
        Palette.Processes(counts.TakeWhile(procs => procs != cell.Cell.Procs).Count(), counts.Count);

    private static List<(Mark Mark, double Middle, Span Span)> Rungs(
        CellSummary cell, StepLatency latency, double place, double width)
    {
        var runs = cell.Cell.Runs.Select(run => run.Record.OpenLoop?.FromDue ?? run.Record.Latency)
            .Select(steps => steps.GetValueOrDefault(latency.Step)).OfType<LatencyRecord>().Where(run => run.Count > 0).ToList();
        return
        [
            .. Percentiles.Select((percentile, index) => (percentile, index))
                .Where(rung => rung.index == 0 || latency.Histogram.Count * (1 - rung.percentile.Percent / 100) >= LeastBeyond)
                .Select(rung =>
                {
                    var middle = Milliseconds(latency.Microseconds(rung.percentile.Percent));
                    var single = runs.Select(run => Milliseconds(rung.percentile.Of(run))).Append(middle).ToList();
                    var x = place + ((double)rung.index / (Percentiles.Length - 1) - 0.5) * width;
                    return (rung.percentile.Mark, middle, new Span(x, single.Min(), single.Max()));
                }),
        ];
    }

    /// <summary>Its logarithm; nothing takes less than the nanosecond that a clock could tell.</summary>
    private static double Milliseconds(double microseconds) => Math.Log10(Math.Max(microseconds, 1e-3) / 1e3);
}
