using System.Text;
using System.Text.RegularExpressions;
using Graph.Charts;

namespace Graph.Rendering;

/// <summary>
/// Draws figures with ScottPlot 5.1, for those whose registry has it: build with -p:Plotter=ScottPlot. One frameless plot is
/// the page, its coordinates are the page's pixels, and everything stands where <see cref="FigureLayout"/> placed it, so
/// that both renderers draw the same picture.
/// </summary>
internal sealed partial class ScottPlotRenderer : IFigureRenderer
{
    private const float CapPixels = 3;

    public Task<Drawing> DrawAsync(Figure figure, PictureFormat format, CancellationToken cancel) => Task.Run(
        () =>
        {
            try
            {
                return new Drawing(Draw(figure, format), null);
            }
            catch (Exception failure) when (failure is DllNotFoundException or TypeInitializationException)
            {
                return new Drawing(
                    null,
                    $"ScottPlot can't draw here ({failure.GetBaseException().Message}): build without -p:Plotter=ScottPlot");
            }
        },
        cancel);

    private static byte[] Draw(Figure figure, PictureFormat format)
    {
        var layout = FigureLayout.Of(figure);
        var (width, height) = ((int)Math.Ceiling(layout.Width), (int)Math.Ceiling(layout.Height));
        using var page = new ScottPlot.Plot();
        page.Layout.Frameless();
        page.HideGrid();
        page.Axes.SetLimits(0, width, 0, height);
        var pen = new Pen(page, height);
        foreach (var area in layout.Plots) Draw(pen, area);
        foreach (var swatch in layout.Swatches) Draw(pen, swatch);
        foreach (var text in layout.Texts) pen.Write(text);
        if (format == PictureFormat.Svg) return Encoding.UTF8.GetBytes(ForBrowsers(page.GetSvgXml(width, height), width, height));
        page.ScaleFactor = 2;
        return page.GetImageBytes(2 * width, 2 * height, ScottPlot.ImageFormat.Png);
    }

    /// <summary>
    /// Skia's SVG has no viewBox, without which it can't be scaled, and ends the lists of letter places with a comma, which
    /// Firefox rejects (ScottPlot issue 5246).
    /// </summary>
    private static string ForBrowsers(string svg, int width, int height)
    {
        var places = DanglingComma().Replace(svg, "$1\"");
        places = SvgFonts.WithFallbacks(places);
        return places.Contains("viewBox=", StringComparison.Ordinal)
            ? places
            : SvgTag().Replace(places, $"<svg viewBox=\"0 0 {width} {height}\" ", 1);
    }

    private static void Draw(Pen pen, PlotArea area)
    {
        foreach (var tick in area.Panel.X.Grid ? area.Panel.X.Ticks : [])
            pen.Line([(area.Across(tick.Position), area.Top), (area.Across(tick.Position), area.Bottom)], "#dddddd", 1);
        foreach (var tick in area.Panel.Y.Grid ? area.Panel.Y.Ticks : [])
            pen.Line([(area.Left, area.Down(tick.Position)), (area.Right, area.Down(tick.Position))], "#dddddd", 1);
        foreach (var layer in area.Panel.Layers) Draw(pen, area, layer);
        pen.Line([(area.Left, area.Top), (area.Left, area.Bottom), (area.Right, area.Bottom)], "#666666", 1);
    }

    private static void Draw(Pen pen, PlotArea area, Layer layer)
    {
        (double X, double Y) At(double x, double y) => (area.Across(x), area.Down(y));
        var colour = layer.Paint.Colour;
        switch (layer)
        {
            case BarLayer bars:
                foreach (var bar in bars.Bars)
                    pen.Box(At(bar.X - bar.Width / 2, bar.Top), At(bar.X + bar.Width / 2, bar.Bottom), colour);
                break;
            case BandLayer { Ranges.Count: > 1 } band:
                pen.Area(
                    [
                        .. band.Ranges.Select(range => At(range.X, range.High)), .. band.Ranges.Reverse()
                            .Select(range => At(range.X, range.Low))
                    ],
                    colour);
                break;
            case RangeLayer ranges:
                foreach (var range in ranges.Ranges)
                {
                    if (ranges.Lying) Whisker(pen, At(range.Low, range.X), At(range.High, range.X), (0, CapPixels), colour);
                    else Whisker(pen, At(range.X, range.Low), At(range.X, range.High), (CapPixels, 0), colour);
                }

                break;
            case PointLayer points:
                pen.Marks(
                    [.. points.Points.Select(point => At(point.X, point.Y))], "#ffffff", ScottPlot.MarkerShape.FilledCircle, 5);
                pen.Marks([.. points.Points.Select(point => At(point.X, point.Y))], colour, ScottPlot.MarkerShape.OpenCircle, 5);
                break;
            case LineLayer line:
                (double X, double Y)[] places = [.. line.Points.Select(point => At(point.X, point.Y))];
                if (line.Joined) pen.Line(places, colour, line.Dashed ? 1 : 1.6f, line.Dashed);
                if (line.Mark is { } mark) pen.Marks(places, colour, ShapeOf(mark), (float)line.MarkPixels + 1);
                break;
        }
    }

    private static void Whisker(
        Pen pen, (double X, double Y) low, (double X, double Y) high, (double X, double Y) cap, string colour)
    {
        foreach (var (ink, width) in new[] { ("#ffffff", 3f), (colour, 1.2f) })
        {
            pen.Line([low, high], ink, width);
            foreach (var (x, y) in new[] { low, high }) pen.Line([(x - cap.X, y - cap.Y), (x + cap.X, y + cap.Y)], ink, width);
        }
    }

    private static void Draw(Pen pen, Swatch swatch)
    {
        var middle = swatch.Y + swatch.Size / 2;
        if (swatch.Layer is not LineLayer line)
        {
            var (topLeft, bottomRight) = ((swatch.X, swatch.Y), (swatch.X + swatch.Size, swatch.Y + swatch.Size));
            if (swatch.Layer is BandLayer) pen.Area(Corners(topLeft, bottomRight), swatch.Layer.Paint.Colour);
            else pen.Box(topLeft, bottomRight, swatch.Layer.Paint.Colour);
            return;
        }

        if (line.Joined) pen.Line([(swatch.X, middle), (swatch.X + swatch.Size, middle)], line.Paint.Colour, 1.6f, line.Dashed);
        if (line.Mark is { } mark) pen.Marks([(swatch.X + swatch.Size / 2, middle)], line.Paint.Colour, ShapeOf(mark), 8);
    }

    private static ScottPlot.MarkerShape ShapeOf(Mark mark) => mark switch
    {
        Mark.Circle => ScottPlot.MarkerShape.FilledCircle,
        Mark.Square => ScottPlot.MarkerShape.FilledSquare,
        Mark.TriangleUp => ScottPlot.MarkerShape.FilledTriangleUp,
        Mark.Diamond => ScottPlot.MarkerShape.FilledDiamond,
        Mark.TriangleDown => ScottPlot.MarkerShape.FilledTriangleDown,
        Mark.OpenCircle => ScottPlot.MarkerShape.OpenCircle,
        Mark.OpenSquare => ScottPlot.MarkerShape.OpenSquare,
        Mark.OpenTriangleUp => ScottPlot.MarkerShape.OpenTriangleUp,
        Mark.OpenDiamond => ScottPlot.MarkerShape.OpenDiamond,
        Mark.OpenTriangleDown => ScottPlot.MarkerShape.OpenTriangleDown,
        Mark.Plus => ScottPlot.MarkerShape.Cross,
        Mark.Cross => ScottPlot.MarkerShape.Eks,
        _ => ScottPlot.MarkerShape.Asterisk,
    };

    private static (double X, double Y)[] Corners((double X, double Y) topLeft, (double X, double Y) bottomRight) =>
        [topLeft, (bottomRight.X, topLeft.Y), bottomRight, (topLeft.X, bottomRight.Y)];

    [GeneratedRegex("(\\b[xy]=\"[^\"]*?),\\s*\"")]
    private static partial Regex DanglingComma();

    [GeneratedRegex("<svg ")]
    private static partial Regex SvgTag();

    /// <summary>Puts things on the page by pixels from its top, while ScottPlot counts from the bottom.</summary>
    private sealed class Pen(ScottPlot.Plot page, double height)
    {
        public void Box((double X, double Y) topLeft, (double X, double Y) bottomRight, string colour)
        {
            var box = page.Add.Polygon(Places(Corners(topLeft, bottomRight)));
            box.FillColor = ScottPlot.Color.FromHex(colour);
            box.LineColor = ScottPlot.Color.FromHex("#333333");
            box.LineWidth = 0.6f;
        }

        public void Area((double X, double Y)[] outline, string colour)
        {
            var area = page.Add.Polygon(Places(outline));
            area.FillColor = ScottPlot.Color.FromHex(colour).WithAlpha(0.35);
            area.LineWidth = 0;
        }

        public void Line((double X, double Y)[] points, string colour, float width, bool dashed = false)
        {
            if (points.Length < 2) return;
            var line = Scatter(points, colour);
            line.LineWidth = width;
            // A size of 0 alone still leaves dots in an SVG.
            line.MarkerSize = 0;
            line.MarkerShape = ScottPlot.MarkerShape.None;
            if (dashed) line.LinePattern = ScottPlot.LinePattern.DenselyDashed;
        }

        public void Marks((double X, double Y)[] points, string colour, ScottPlot.MarkerShape shape, float size)
        {
            if (points.Length == 0) return;
            var marks = Scatter(points, colour);
            marks.LineWidth = 0;
            marks.MarkerShape = shape;
            marks.MarkerSize = size;
        }

        public void Write(PlacedText text)
        {
            var label = page.Add.Text(text.Text, text.X, height - text.Y);
            label.LabelFontName = SvgFonts.Name;
            label.LabelBorderWidth = 0;
            label.LabelFontSize = (float)text.FontSize;
            label.LabelBold = text.Bold;
            label.LabelFontColor = ScottPlot.Color.FromHex("#1a1a1a");
            label.LabelRotation = text.Upright ? -90 : 0;
            label.LabelAlignment = text.Align switch
            {
                Align.Left => ScottPlot.Alignment.MiddleLeft,
                Align.Right => ScottPlot.Alignment.MiddleRight,
                _ => ScottPlot.Alignment.MiddleCenter,
            };
        }

        private ScottPlot.Plottables.Scatter Scatter((double X, double Y)[] points, string colour)
        {
            var scatter = page.Add.Scatter(
                points.Select(point => point.X).ToArray(), points.Select(point => height - point.Y).ToArray());
            scatter.Color = ScottPlot.Color.FromHex(colour);
            return scatter;
        }

        private ScottPlot.Coordinates[] Places((double X, double Y)[] points) =>
            [.. points.Select(point => new ScottPlot.Coordinates(point.X, height - point.Y))];
    }
}
