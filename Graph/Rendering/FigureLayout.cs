using Graph.Charts;

namespace Graph.Rendering;

internal enum Align
{
    Left,
    Centre,
    Right,
}

/// <summary>One line of text around a point: <see cref="Y"/> is its middle, from the top of the picture, in pixels.</summary>
internal sealed record PlacedText(
    string Text, double X, double Y, double FontSize, Align Align, bool Bold = false, bool Upright = false);

/// <summary>The mark beside a legend's text: the square that the entry's layer is drawn into.</summary>
internal sealed record Swatch(Layer Layer, double X, double Y, double Size);

/// <summary>Where a panel's axes stand.</summary>
internal sealed record PlotArea(Panel Panel, double Left, double Top, double Right, double Bottom)
{
    /// <summary>The pixel of a place on the x axis.</summary>
    public double Across(double x) => Left + (x - Panel.X.Least) / (Panel.X.Most - Panel.X.Least) * (Right - Left);

    /// <summary>The pixel of a place on the y axis, from the top of the picture.</summary>
    public double Down(double y) => Bottom - (y - Panel.Y.Least) / (Panel.Y.Most - Panel.Y.Least) * (Bottom - Top);
}

/// <summary>
/// Where everything in a picture stands. All text is placed here, by measure, instead of being left to the renderer, so
/// that nothing overlaps whatever the labels are; the picture grows with what it must hold.
/// </summary>
internal sealed record FigureLayout(
    double Width, double Height, IReadOnlyList<PlacedText> Texts, IReadOnlyList<Swatch> Swatches, IReadOnlyList<PlotArea> Plots)
{
    private const double Margin = 18;
    private const double TitleSize = 20;
    private const double TextSize = 13;
    private const double SmallSize = 12;
    private const double LineSpacing = 1.35;
    /// <summary>Narrow enough for its small text to be read where a page shows the picture 800 pixels wide.</summary>
    private const double InnerWidth = 864;
    private const int MostColumns = 3;
    private const int MostTickLines = 3;
    private const double RightMargin = 16;

    /// <summary>Names of rows take at most this part of a panel's width, and the texts beside the rows as much.</summary>
    private const double MostBeside = 0.36;

    public static FigureLayout Of(Figure figure)
    {
        var columns = Math.Min(figure.Columns ?? MostColumns, figure.Panels.Count);
        var panelWidth = InnerWidth / columns;
        var panelHeight = (columns, figure.Panels.Count) switch { (1, 1) => 400, ( <= 2, _) => 280, _ => 230 };
        var width = 2 * Margin + InnerWidth;
        var pen = new Pen(Margin, width - 2 * Margin);

        pen.Write(figure.Title, TitleSize, bold: true);
        pen.Write(figure.Subtitle, TextSize);
        pen.Skip(6);
        var swatches = Legend(figure, pen);
        pen.Skip(10);
        var plots = new List<PlotArea>();
        foreach (var row in figure.Panels.Chunk(columns))
        {
            var top = pen.Y;
            var bottom = top;
            for (var column = 0; column < row.Length; column++)
            {
                var left = Margin + column * panelWidth;
                bottom = Math.Max(bottom, Place(row[column], left, top, panelWidth, panelHeight, pen.Texts, plots));
            }

            pen.Skip(bottom - top + 12);
        }

        foreach (var paragraph in figure.Caption) pen.Write(paragraph, SmallSize);
        return new FigureLayout(width, pen.Y + Margin, pen.Texts, swatches, plots);
    }

    /// <summary>Entries side by side, as many in a row as fit.</summary>
    private static List<Swatch> Legend(Figure figure, Pen pen)
    {
        const double gap = 22;
        var swatches = new List<Swatch>();
        var x = pen.Left;
        foreach (var layer in figure.Panels.SelectMany(panel => panel.Layers).Where(layer => layer.Label is not null)
            .DistinctBy(layer => layer.Label))
        {
            var label = TextMeasure.Wrap(layer.Label!, pen.Width / 2, TextSize, 1)[0];
            var entryWidth = TextSize + 6 + TextMeasure.Width(label, TextSize);
            if (x > pen.Left && x + entryWidth > pen.Left + pen.Width)
            {
                x = pen.Left;
                pen.Skip(TextSize * LineSpacing);
            }

            var middle = pen.Y + TextSize * LineSpacing / 2;
            swatches.Add(new Swatch(layer, x, middle - TextSize / 2, TextSize));
            pen.Texts.Add(new PlacedText(label, x + TextSize + 6, middle, TextSize, Align.Left));
            x += entryWidth + gap;
        }

        if (swatches.Count > 0) pen.Skip(TextSize * LineSpacing);
        return swatches;
    }

    /// <summary>Places one panel with its labels and returns where its lowest text ends.</summary>
    private static double Place(
        Panel panel, double left, double top, double width, double height, List<PlacedText> texts, List<PlotArea> plots)
    {
        var line = SmallSize * LineSpacing;
        if (panel.Title is { } title)
        {
            texts.Add(
                new PlacedText(
                    TextMeasure.Wrap(title, width - 12, TextSize * TextMeasure.BoldRatio, 1)[0], left + width / 2, top + line / 2,
                    TextSize, Align.Centre, Bold: true));
            top += TextSize * LineSpacing + 4;
        }

        var names = Fitted(panel.Y.Ticks, MostBeside * width);
        var beside = Fitted(panel.Beside, MostBeside * width);
        var labelWidth = panel.Y.Label.Length > 0 ? line + 6 : 0;
        var area = new PlotArea(
            panel, left + labelWidth + Widest(names) + 8, top + line / 2,
            left + width - RightMargin - Widest(beside), top + (panel.Height ?? height));
        plots.Add(area);
        if (panel.Y.Label.Length > 0)
        {
            texts.Add(
                new PlacedText(
                    panel.Y.Label, left + line / 2, (area.Top + area.Bottom) / 2, TextSize, Align.Centre, Upright: true));
        }

        texts.AddRange(
            names.Select(
                tick => new PlacedText(tick.Label, area.Left - 8, area.Down(tick.Position), SmallSize, Align.Right, tick.Bold)));
        texts.AddRange(
            beside.Select(
                tick => new PlacedText(tick.Label, area.Right + 12, area.Down(tick.Position), SmallSize, Align.Left, tick.Bold)));

        var lowest = panel.X.Categories ? Categories(area, texts) : Numbers(area, texts);
        texts.Add(new PlacedText(panel.X.Label, (area.Left + area.Right) / 2, lowest + line / 2 + 2, TextSize, Align.Centre));
        return lowest + line + 4;
    }

    /// <summary>The texts, cut where they would be wider than that.</summary>
    private static List<Tick> Fitted(IReadOnlyList<Tick> ticks, double most) =>
        [.. ticks.Select(tick => tick with { Label = TextMeasure.Wrap(tick.Label, most / Boldness(tick), SmallSize, 1)[0] })];

    private static double Widest(List<Tick> ticks) =>
        ticks.Select(tick => TextMeasure.Width(tick.Label, SmallSize) * Boldness(tick)).DefaultIfEmpty().Max();

    private static double Boldness(Tick tick) => tick.Bold ? TextMeasure.BoldRatio : 1;

    /// <summary>Names under the axis, broken to fit their places; returns where the lowest ends.</summary>
    private static double Categories(PlotArea area, List<PlacedText> texts)
    {
        var line = SmallSize * LineSpacing;
        var lowest = area.Bottom + 8;
        var room = (area.Right - area.Left) / area.Panel.X.Ticks.Count;
        foreach (var tick in area.Panel.X.Ticks)
        {
            var y = area.Bottom + 8 + line / 2;
            foreach (var text in TextMeasure.Wrap(tick.Label, room - 6, SmallSize, MostTickLines))
            {
                texts.Add(new PlacedText(text, area.Across(tick.Position), y, SmallSize, Align.Centre));
                y += line;
                lowest = Math.Max(lowest, y - line / 2);
            }
        }

        return lowest;
    }

    /// <summary>
    /// Numbers under the axis; one that would touch the number before it is left out, and with it, where they stand at equal
    /// distances, every second or third.
    /// </summary>
    private static double Numbers(PlotArea area, List<PlacedText> texts)
    {
        const double gap = 6;
        var y = area.Bottom + 8 + SmallSize * LineSpacing / 2;
        var free = double.NegativeInfinity;
        foreach (var tick in EveryAsFits(area, gap))
        {
            var (middle, half) = (area.Across(tick.Position), TextMeasure.Width(tick.Label, SmallSize) / 2);
            // The last one may hang over the end of the axis as far as the margin beside it is free.
            if (middle - half < free || middle + half > area.Right + RightMargin) continue;
            texts.Add(new PlacedText(tick.Label, middle, y, SmallSize, Align.Centre));
            free = middle + half + gap;
        }

        return area.Bottom + 8 + SmallSize * LineSpacing;
    }

    private static IEnumerable<Tick> EveryAsFits(PlotArea area, double gap)
    {
        var ticks = area.Panel.X.Ticks;
        if (ticks.Count < 2) return ticks;
        var step = ticks[1].Position - ticks[0].Position;
        var isEven = ticks.Zip(ticks.Skip(1), (left, right) => right.Position - left.Position)
            .All(width => Math.Abs(width - step) < 1e-9 * step);
        var widest = ticks.Max(tick => TextMeasure.Width(tick.Label, SmallSize)) + gap;
        var every = isEven ? (int)Math.Ceiling(widest / (area.Across(ticks[1].Position) - area.Across(ticks[0].Position))) : 1;
        return ticks.Where((_, place) => place % every == 0);
    }

    /// <summary>Goes down the picture and leaves lines of text behind.</summary>
    private sealed class Pen(double left, double width)
    {
        public double Y { get; private set; } = Margin;

        public double Left => left;

        public double Width => width;

        public List<PlacedText> Texts { get; } = [];

        public void Skip(double pixels) => Y += pixels;

        public void Write(string text, double fontSize, bool bold = false)
        {
            foreach (var line in TextMeasure.Wrap(text, width, bold ? fontSize * TextMeasure.BoldRatio : fontSize))
            {
                Texts.Add(new PlacedText(line, left, Y + fontSize * LineSpacing / 2, fontSize, Align.Left, bold));
                Y += fontSize * LineSpacing;
            }
        }
    }
}
