using System.Globalization;
using Graph.Analysis;
using Graph.Analysis.Limits;

namespace Graph.Charts;

/// <summary>Latency by percentile on an axis of nines, where each step to the right is ten times rarer.</summary>
internal static class LatencyChart
{
    private const double StepOfNines = 0.1;
    private const double MostNines = 5;

    /// <summary>Null where the runs hold no latencies.</summary>
    public static Figure? Describe(ScenarioAnalysis analysis)
    {
        var counts = analysis.Cells.Select(cell => cell.Cell.Procs).Distinct().Order().ToList();
        var panels = analysis.Actions.Where(action => action.Cells.Any(cell => cell.MainLatency is not null))
            .Select(action => Describe(action, counts)).ToList();
        var most = analysis.Cells.Max(cell => cell.Cell.Runs.Count);
        return panels.Count == 0 ? null : new Figure
        {
            Title = "How long requests took",
            Subtitle = analysis.Scenario.Key.Describe(),
            Caption =
            [
                $"Requests of the named kind alone, {(most > StepLatency.MostRuns ? $"the first {StepLatency.MostRuns}" : "all")} runs of a cell "
                    + "together. At 99 % one request in 100 took longer, at 99.9 % one in 1000.",
                .. analysis.Warnings(),
            ],
            Panels = panels,
        };
    }

    private static Panel Describe(ActionVerdict action, List<int> counts)
    {
        var cells = action.Cells.Where(cell => cell.MainLatency is { Histogram.Count: > 0 }).ToList();
        var nines = cells.Max(cell => NinesOf(cell.MainLatency!));
        var lines = cells.Select(cell => new LineLayer([.. Curve(cell.MainLatency!)])
        {
            Label = Words.Processes(cell.Cell.Procs),
            Paint = Paint.OrderedLine(counts.IndexOf(cell.Cell.Procs), counts.Count),
            Marker = counts.IndexOf(cell.Cell.Procs),
        }).ToList();
        return new Panel
        {
            Title = action.Action,
            X = new Axis("Percentile", 0, nines, [.. Ticks().TakeWhile(tick => tick.Position <= nines)]),
            Y = Scale.FromZero("Milliseconds", lines.SelectMany(line => line.Points).Max(point => point.Y)),
            Layers = [.. lines],
        };
    }

    /// <summary>As far to the right as there are at least ten requests beyond.</summary>
    private static double NinesOf(StepLatency latency) => Math.Clamp(Math.Log10(latency.Histogram.Count / 10.0), 1, MostNines);

    private static IEnumerable<Point> Curve(StepLatency latency)
    {
        var last = NinesOf(latency);
        for (var nines = 0.0; nines <= last + 1e-9; nines += StepOfNines)
            yield return new Point(nines, latency.Microseconds(100 * (1 - Math.Pow(10, -nines))) / 1e3);
    }

    private static IEnumerable<Tick> Ticks() =>
        new[] { 0, 50, 90, 99, 99.9, 99.99, 99.999 }.Select(percent =>
            new Tick(-Math.Log10(1 - percent / 100), percent.ToString("0.###", CultureInfo.InvariantCulture) + " %"));
}
