using Graph.Analysis.Comparing;
using Graph.Spelling;

namespace Graph.Charts;

/// <summary>
/// The answer as a picture: a ratio with its interval a row, on an axis of logarithms, and the margin as a band.
/// </summary>
internal static class ForestChart
{
    private const double RowPixels = 20;
    private const double GapRows = 0.6;
    private const double MarkPixels = 8;
    private const double BoldMarkPixels = 11;

    /// <summary>An interval that goes further beyond the points than this factor is cut where the picture ends.</summary>
    private const double MostBeyond = 3;

    /// <summary>The picture shows at least this multiple of the margin on both sides of 1.</summary>
    private const double LeastMargins = 2;

    private static readonly (Answer Answer, string Label, Mark Mark)[] Kinds =
    [
        (Answer.Faster, "faster", Mark.TriangleUp), (Answer.Slower, "slower", Mark.TriangleDown),
        (Answer.Equivalent, "equivalent", Mark.Square), (Answer.Inconclusive, "can't tell", Mark.OpenCircle),
    ];

    /// <param name="title">What is asked.</param>
    /// <param name="subtitle">Under which conditions.</param>
    /// <param name="reference">What the ratio is to: "1 process".</param>
    /// <param name="rows">From top to bottom.</param>
    /// <param name="marginRatio">0.05 where ratios from 1/1.05 to 1.05 count as equal.</param>
    /// <returns>Null where no row has a ratio.</returns>
    public static Figure? Describe(
        string title, string subtitle, string reference, IReadOnlyList<ForestRow> rows, double marginRatio)
    {
        if (rows.All(row => row.Ratio is null)) return null;
        var x = Axis(rows, reference, marginRatio);
        var (places, height) = Places(rows);
        var margin = Math.Log10(1 + marginRatio);
        return new Figure
        {
            Title = title,
            Subtitle = subtitle,
            Caption = Caption(rows, marginRatio),
            Panels =
            [
                new Panel
                {
                    X = x,
                    Y = new Axis("", -height, 0,
                    [
                        .. rows.Zip(places, (row, place) => new Tick(place, row.Name) { Bold = row.Bold })
                    ]),
                    Beside = [.. rows.Zip(places, (row, place) => new Tick(place, row.Text) { Bold = row.Bold })],
                    Height = height * RowPixels,
                    Layers =
                    [
                        new BandLayer([new Span(-margin, -height, 0), new Span(margin, -height, 0)])
                        {
                            Paint = Palette.Margin,
                            Label = $"less than {Words.ExactPercent(marginRatio)} difference",
                        },
                        new LineLayer([new Point(0, -height), new Point(0, 0)]) { Paint = Palette.Grey },
                        .. Kinds.SelectMany(kind => Layers(kind.Answer, kind.Label, kind.Mark, [.. rows.Zip(places)], x)),
                    ],
                },
            ],
        };
    }

    private static IEnumerable<Layer> Layers(
        Answer answer, string label, Mark mark, IReadOnlyList<(ForestRow Row, double Place)> rows, Axis x)
    {
        var shown = rows.Where(row => row.Row.Answer == answer && row.Row.Ratio is not null).ToList();
        if (shown.Count == 0) yield break;
        double Within(double ratio) => Math.Clamp(Math.Log10(ratio), x.Least, x.Most);
        yield return new RangeLayer(
            [
                .. shown.Where(row => row.Row.Interval is not null)
                    .Select(row => new Span(row.Place, Within(row.Row.Interval!.Value.Low), Within(row.Row.Interval.Value.High)))
            ])
        { Paint = Palette.Of(answer), Lying = true };
        foreach (var weight in shown.GroupBy(row => row.Row.Bold))
        {
            yield return new LineLayer([.. weight.Select(row => new Point(Within(row.Row.Ratio!.Value), row.Place))])
            {
                Paint = Palette.Of(answer),
                Label = label,
                Mark = mark,
                MarkPixels = weight.Key ? BoldMarkPixels : MarkPixels,
                Joined = false,
            };
        }
    }

    private static Axis Axis(IReadOnlyList<ForestRow> rows, string reference, double marginRatio)
    {
        var ratios = rows.Select(row => row.Ratio).OfType<double>().ToList();
        var edge = Math.Pow(1 + marginRatio, LeastMargins);
        var least = Math.Min(1 / edge, ratios.Min());
        var most = Math.Max(edge, ratios.Max());
        var intervals = rows.Select(row => row.Interval).OfType<(double Low, double High)>().ToList();
        var lows = intervals.Select(interval => interval.Low).Where(low => low > 0);
        var highs = intervals.Select(interval => interval.High);
        return Scale.Logarithmic(
            $"Operations per second, as a multiple of those with {reference}",
            Math.Max(least / MostBeyond, Math.Min(least, lows.DefaultIfEmpty(least).Min())),
            Math.Min(most * MostBeyond, Math.Max(most, highs.DefaultIfEmpty(most).Max())),
            "x") with
        {
            Grid = true,
        };
    }

    /// <summary>From the top down, with a gap before each group; and how high all of it is.</summary>
    private static (IReadOnlyList<double> Places, double Height) Places(IReadOnlyList<ForestRow> rows)
    {
        var places = new List<double>();
        var below = 0.3;
        foreach (var row in rows)
        {
            if (row.Begins && places.Count > 0) below += GapRows;
            places.Add(-(below + 0.5));
            below++;
        }

        return (places, below + 0.3);
    }

    private static string[] Caption(IReadOnlyList<ForestRow> rows, double marginRatio)
    {
        var isKnown = rows.Any(row => row.Interval is not null);
        return
        [
            "Right of x1: more operations per second. "
                + (isKnown ? "Bars: what the ratio is known to. " : "Nothing is known of the spread. ")
                + $"Grey band: differences of less than {Words.ExactPercent(marginRatio)}.",
        ];
    }
}
