using Graph.Analysis;
using Graph.Spelling;

namespace Graph.Charts;

/// <summary>Throughput against processes, with what N independent processes would do and the law that fits best.</summary>
internal static class ScalingChart
{
    /// <summary>The ideal soon leaves the picture, which is there for the data.</summary>
    private const double Headroom = 1.2;

    private const double PointWidth = 0.5;

    /// <summary>Null where no action has a fit.</summary>
    public static Figure? Describe(ScenarioAnalysis analysis)
    {
        var panels = analysis.Actions.Where(action => action.Scaling is not null)
            .Select(action => Describe(action, analysis.Scenario.Key.Conditions.Objective)).ToList();
        return panels.Count == 0 ? null : new Figure
        {
            Title = "How throughput follows the number of processes",
            Subtitle = analysis.Scenario.Key.Describe(),
            Caption =
            [
                "Circles: single runs. Line: the law that explains them best for the numbers it uses (AICc)."
                    + (analysis.Actions.Any(action => action.Scaling?.Band.Count > 0)
                        ? $" Band: where the line lies with {Words.ExactPercent(Analysis.Scaling.ScalingAnalysis.Coverage)}, "
                            + "by resampling blocks."
                        : ""),
            ],
            Panels = panels,
        };
    }

    private static Panel Describe(ActionVerdict action, string? objective)
    {
        var fit = action.Scaling!;
        var (first, last) = (fit.Procs[0], fit.Procs[^1]);
        var points = action.Cells.SelectMany(cell => RawRuns.Spread(cell.Cell, cell.Cell.Procs, PointWidth)).ToList();
        var largest = points.Select(point => point.Y).Concat(fit.Band.Select(point => point.High)).Max() * Headroom;
        var reference = action.Reference.Throughput!.Value / first;
        var idealEnd = Math.Min(last, largest / reference);
        var line = fit.Band.Count > 0
            ? fit.Band.Select(point => new Point(point.Procs, point.Value))
            : fit.Procs.Select(procs => new Point(procs, fit.Curve.At(procs)));
        return new Panel
        {
            Title = $"{Pictures.LabelOf(action.Action)}: {fit.Curve.Name}",
            X = new Axis("Processes", 0, last + 0.5, [.. fit.Procs.Select(procs => new Tick(procs, Words.Whole(procs)))]),
            Y = Scale.FromZero(Words.Rate(objective), largest),
            Layers =
            [
                // A single block tells no band, and nobody shall look for one.
                .. fit.Band.Count == 0 ? Array.Empty<Layer>() :
                [
                    new BandLayer([.. fit.Band.Select(point => new Span(point.Procs, point.Low, point.High))])
                    {
                        Paint = Palette.Fit,
                        Label = "where the law lies",
                    },
                ],
                new LineLayer([new Point(0, 0), new Point(idealEnd, reference * idealEnd)])
                {
                    Paint = Palette.Grey,
                    Dashed = true,
                    Label = "if each process added as much as the first",
                },
                new LineLayer([.. line]) { Paint = Palette.Fit, Label = "fitted law" },
                new PointLayer(points) { Paint = Palette.Ink },
            ],
        };
    }
}
