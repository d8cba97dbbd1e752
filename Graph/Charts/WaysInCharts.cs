using Graph.Analysis.Variants;

namespace Graph.Charts;

/// <summary>The side study's pictures: how fast each way in was, how evenly it fed the workers, and how long requests took.</summary>
internal static class WaysInCharts
{
    private const double GroupWidth = 0.84;

    /// <summary>Beyond it a few stalls of the machine would flatten all the rest.</summary>
    private const double MostPercent = 99;

    private static readonly double[] Percents = [0, 5, 10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 93, 95, 97, 98, MostPercent];

    public static IEnumerable<Picture> Of(VariantAction study)
    {
        yield return new Picture("ways-in", Throughput(study));
        if (study.Cells.Any(cell => cell.Shares is not null)) yield return new Picture("ways-in-shares", Shares(study));
        if (study.Cells.Any(HasTimes)) yield return new Picture("ways-in-times", Times(study));
    }

    private static Figure Throughput(VariantAction study) => new()
    {
        Title = $"Ways in to N workers: {study.Action}",
        Subtitle = study.Subject.Key.Describe(),
        Caption =
        [
            MostRuns(study) == 1
                ? "Bars: the one run of each cell."
                : $"Bars: mean of {MostRuns(study)} runs. Whiskers: interval of their median.",
        ],
        Panels =
        [
            Bars(
                study, largest => Scale.FromZero("Operations per second", largest),
                cell => cell.Summary.Cell.OperationsPerSecond,
                cell => cell.Summary.Throughput is { Units: > 1 } interval ? (interval.Low, interval.High) : null),
        ],
    };

    private static Figure Shares(VariantAction study) => new()
    {
        Title = $"What the busiest of N workers got: {study.Action}",
        Subtitle = study.Subject.Key.Describe(),
        Caption = ["Bars: median of the runs. Whiskers: their range. An even share is 100 % with 1 process, 50 % with 2, 25 % with 4."],
        Panels =
        [
            Bars(
                study, _ => new Axis("% of all requests", 0, 100, [.. Quarters()]),
                cell => 100 * cell.Shares?.BusiestRatio,
                cell => cell.Shares is { } shares && MostRuns(study) > 1 ? (100 * shares.BusiestLow, 100 * shares.BusiestHigh) : null),
        ],
    };

    private static int MostRuns(VariantAction study) => study.Cells.Max(cell => cell.Summary.Cell.Runs.Count);

    private static Panel Bars(
        VariantAction study,
        Func<double, Axis> axis,
        Func<VariantCell, double?> value,
        Func<VariantCell, (double Low, double High)?> range)
    {
        var width = GroupWidth / study.Counts.Count;
        var leftmost = -(study.Counts.Count - 1) / 2.0 * width;
        double Place(VariantCell cell) => Index(study.Variants, cell.Variant) + leftmost + Index(study.Counts, cell.Procs) * width;
        var shown = study.Cells.Where(cell => value(cell) is not null).ToList();
        var bars = study.Counts.Select((procs, index) => new BarLayer(
            [.. shown.Where(cell => cell.Procs == procs).Select(cell => new Bar(Place(cell), width, 0, value(cell)!.Value))])
        {
            Label = Words.Processes(procs),
            Paint = Paint.Ordered(index, study.Counts.Count),
        });
        var ranges = shown.Where(cell => range(cell) is not null)
            .Select(cell => new Span(Place(cell), range(cell)!.Value.Low, range(cell)!.Value.High)).ToList();
        var ways = study.Variants.Select((way, index) => new Tick(index, way));
        return new Panel
        {
            X = new Axis("Way in", -0.5, study.Variants.Count - 0.5, [.. ways]) { Categories = true },
            Y = axis(shown.Select(cell => value(cell)!.Value).Concat(ranges.Select(span => span.High)).DefaultIfEmpty(0).Max()),
            Layers = [.. bars, new RangeLayer(ranges) { Paint = Paint.Ink }],
        };
    }

    private static Figure Times(VariantAction study) => new()
    {
        Title = $"Response times in rising order: {study.Action}",
        Subtitle = study.Subject.Key.Describe(),
        Caption =
        [
            "The requests of all runs of a cell, sorted: half of them took less than the line shows at 50 %. "
                + $"The slowest {Words.ExactPercent(1 - MostPercent / 100)} are left out.",
        ],
        Panels = [.. study.Counts.Select(procs => Times(study, procs))],
    };

    private static Panel Times(VariantAction study, int procs)
    {
        var lines = study.Cells.Where(cell => cell.Procs == procs && HasTimes(cell)).Select(cell => new LineLayer(
            [.. Percents.Select(percent => new Point(percent, cell.Summary.MainLatency!.Microseconds(percent) / 1e3))])
        {
            Label = cell.Variant,
            Paint = Paint.OrderedLine(Index(study.Variants, cell.Variant), study.Variants.Count),
            Marker = Index(study.Variants, cell.Variant),
        }).ToList();
        return new Panel
        {
            Title = Words.Processes(procs),
            X = new Axis("% of the requests, sorted", 0, 100, [.. Quarters()]),
            Y = Scale.FromZero("Milliseconds", lines.SelectMany(line => line.Points).Select(point => point.Y).DefaultIfEmpty(0).Max()),
            Layers = [.. lines],
        };
    }

    private static bool HasTimes(VariantCell cell) => cell.Summary.MainLatency is { Histogram.Count: > 0 };

    private static IEnumerable<Tick> Quarters() =>
        Enumerable.Range(0, 5).Select(quarter => 25 * quarter).Select(percent => new Tick(percent, Words.Whole(percent)));

    private static int Index<T>(IReadOnlyList<T> items, T item) => items.TakeWhile(other => !Equals(other, item)).Count();
}
