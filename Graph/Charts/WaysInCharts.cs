using Graph.Analysis.Ways;

namespace Graph.Charts;

/// <summary>The side study's pictures: how fast each way in was, how evenly it fed the workers, and how long requests took.</summary>
internal static class WaysInCharts
{
    private const double GroupWidth = 0.84;

    public static IEnumerable<Picture> Of(WaysInStudy study, double marginRatio)
    {
        if (Ratios(study, marginRatio) is { } ratios) yield return new Picture("ways-in-ratios", ratios);
        yield return new Picture("ways-in", Throughput(study));
        if (study.Cells.Any(cell => cell.Shares is not null)) yield return new Picture("ways-in-shares", Shares(study));
        if (study.Cells.Any(HasTimes)) yield return new Picture("ways-in-times", Times(study));
    }

    private static Figure? Ratios(WaysInStudy study, double marginRatio) => ForestChart.Describe(
        $"What the way in does to {study.Action}",
        study.Key.Describe(),
        $"{study.Reference} and as many processes",
        [
            .. study.Ways.SelectMany(way => study.Cells.Where(cell => cell.WayIn == way && cell.Against is not null).Select((cell, index) => new ForestRow
            {
                Name = $"{way}, {Words.Processes(cell.Procs)}",
                Ratio = cell.Against!.Ratio,
                Interval = cell.Against.Interval is { Count: > 1 } known ? (known.Low, known.High) : null,
                Answer = cell.Against.Answer,
                Text = $"{RatioWords.Of(cell.Against)} {RatioWords.Of(cell.Against.Answer)}",
                Begins = index == 0,
            })),
        ],
        marginRatio);

    private static Figure Throughput(WaysInStudy study) => new()
    {
        Title = $"Ways in to N workers: {study.Action}",
        Subtitle = study.Key.Describe(),
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
                cell => cell.Summary.Throughput is { Count: > 1 } interval ? (interval.Low, interval.High) : null),
        ],
    };

    private static Figure Shares(WaysInStudy study) => new()
    {
        Title = $"What the busiest of N workers got: {study.Action}",
        Subtitle = study.Key.Describe(),
        Caption = ["Bars: median of the runs. Whiskers: their range. An even share is 100 % with 1 process, 50 % with 2, 25 % with 4."],
        Panels =
        [
            Bars(
                study, _ => new Axis("% of all requests", 0, 100, [.. Quarters()]) { Grid = true },
                cell => 100 * cell.Shares?.BusiestRatio,
                cell => cell.Shares is { } shares && MostRuns(study) > 1 ? (100 * shares.BusiestLow, 100 * shares.BusiestHigh) : null),
        ],
    };

    private static int MostRuns(WaysInStudy study) => study.Cells.Max(cell => cell.Summary.Cell.Runs.Count);

    private static Panel Bars(
        WaysInStudy study,
        Func<double, Axis> axis,
        Func<WayInCell, double?> value,
        Func<WayInCell, (double Low, double High)?> range)
    {
        var width = GroupWidth / study.Counts.Count;
        var leftmost = -(study.Counts.Count - 1) / 2.0 * width;
        double Place(WayInCell cell) => Index(study.Ways, cell.WayIn) + leftmost + Index(study.Counts, cell.Procs) * width;
        var shown = study.Cells.Where(cell => value(cell) is not null).ToList();
        var bars = study.Counts.Select((procs, index) => new BarLayer(
            [.. shown.Where(cell => cell.Procs == procs).Select(cell => new Bar(Place(cell), width, 0, value(cell)!.Value))])
        {
            Label = Words.Processes(procs),
            Paint = Palette.Processes(index, study.Counts.Count),
        });
        var ranges = shown.Where(cell => range(cell) is not null)
            .Select(cell => new Span(Place(cell), range(cell)!.Value.Low, range(cell)!.Value.High)).ToList();
        return new Panel
        {
            X = Names(study),
            Y = axis(shown.Select(cell => value(cell)!.Value).Concat(ranges.Select(span => span.High)).DefaultIfEmpty(0).Max()),
            Layers = [.. bars, new RangeLayer(ranges) { Paint = Palette.Ink }],
        };
    }

    private static Figure Times(WaysInStudy study)
    {
        var width = GroupWidth / study.Counts.Count;
        var leftmost = -(study.Counts.Count - 1) / 2.0 * width;
        var places = study.Cells.ToDictionary(
            cell => cell.Summary, cell => Index(study.Ways, cell.WayIn) + leftmost + Index(study.Counts, cell.Procs) * width);
        return new Figure
        {
            Title = $"How long requests took by way in: {Pictures.StepOf(study.Action)}",
            Subtitle = study.Key.Describe(),
            Caption = [LatencyChart.CaptionOf(study.Cells.Select(cell => cell.Summary))],
            Panels = [LatencyChart.Describe(null, Names(study), places.Keys, study.Counts, cell => places[cell], 0.7 * width)],
        };
    }

    private static bool HasTimes(WayInCell cell) => LatencyChart.HasTimes(cell.Summary);

    private static Axis Names(WaysInStudy study) =>
        new("Way in", -0.5, study.Ways.Count - 0.5, [.. study.Ways.Select((way, index) => new Tick(index, way))]) { Categories = true };

    private static IEnumerable<Tick> Quarters() =>
        Enumerable.Range(0, 5).Select(quarter => 25 * quarter).Select(percent => new Tick(percent, Words.Whole(percent)));

    private static int Index<T>(IReadOnlyList<T> items, T item) => items.TakeWhile(other => !Equals(other, item)).Count();
}
