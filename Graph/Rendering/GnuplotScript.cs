using System.Globalization;
using System.Text;
using Graph.Charts;

namespace Graph.Rendering;

/// <summary>A picture in gnuplot 5.4's language, data included: what the renderer writes to gnuplot's standard input.</summary>
internal sealed class GnuplotScript
{
    private const string BandFill = "transparent solid 0.35 noborder";

    /// <summary>A mark of point size 1 is so many pixels wide.</summary>
    private const double PixelsOfPoint = 10;

    private readonly FigureLayout _layout;
    private readonly PictureFormat _format;
    private readonly StringBuilder _text = new();
    private int _blocks;

    private GnuplotScript(FigureLayout layout, PictureFormat format) => (_layout, _format) = (layout, format);

    public static string Of(Figure figure, PictureFormat format)
    {
        var script = new GnuplotScript(FigureLayout.Of(figure), format);
        script.Begin();
        foreach (var plot in script._layout.Plots) script.Draw(plot);
        script.Line($"unset multiplot");
        return script._text.ToString();
    }

    private void Begin()
    {
        Line($"set encoding utf8");
        // fontscale and friends make the PNG twice as fine without changing what it looks like.
        if (_format == PictureFormat.Png)
            Line($"set terminal pngcairo noenhanced size {2 * _layout.Width},{2 * _layout.Height} font 'DejaVu Sans,10' fontscale 2 linewidth 2 pointscale 2 background '#ffffff'");
        else
            Line($"set terminal svg noenhanced size {_layout.Width},{_layout.Height} dynamic font 'DejaVu Sans,10' background '#ffffff'");
        Line($"set multiplot");
        Line($"set border 3 linecolor rgb '#666666' linewidth 1");
        Line($"set style fill solid 1 border linecolor rgb '#333333'");
        Line($"unset key");
        foreach (var text in _layout.Texts) Write(text);
        foreach (var swatch in _layout.Swatches) Draw(swatch);
    }

    private void Write(PlacedText text)
    {
        var align = text.Upright
            ? "center rotate by 90"
            : text.Align switch { Align.Left => "left", Align.Right => "right", _ => "center" };
        // The PNG terminal takes points of 1/72 inch at 96 pixels an inch, the SVG terminal pixels.
        var size = _format == PictureFormat.Png ? text.FontSize * 0.75 : text.FontSize;
        var font = text.Bold ? "DejaVu Sans:Bold" : "DejaVu Sans";
        Line($"set label {Quoted(text.Text)} at screen {Across(text.X)},{Down(text.Y)} {align} noenhanced font '{font},{size}' textcolor rgb '#1a1a1a'");
    }

    /// <summary>The legend's square, filled; or a piece of the line with its marker.</summary>
    private void Draw(Swatch swatch)
    {
        var (left, right) = (Across(swatch.X), Across(swatch.X + swatch.Size));
        var (bottom, middle, top) = (Down(swatch.Y + swatch.Size), Down(swatch.Y + swatch.Size / 2), Down(swatch.Y));
        var colour = swatch.Layer.Paint.Colour;
        if (swatch.Layer is not LineLayer line)
        {
            var fill = swatch.Layer is BandLayer ? BandFill : "solid 1 border linecolor rgb '#333333'";
            Line($"set object rectangle from screen {left},{bottom} to screen {right},{top} fillcolor rgb '{colour}' fillstyle {fill} front");
            return;
        }

        if (line.Joined)
        {
            Line(
                $"set arrow from screen {left},{middle} to screen {right},{middle} nohead linecolor rgb '{colour}' linewidth 1.6 dashtype {Dash(line)} front");
        }

        if (line.Mark is { } mark)
            Line($"set label '' at screen {Across(swatch.X + swatch.Size / 2)},{middle} point pointtype {PointType(mark)} pointsize 0.7 linecolor rgb '{colour}'");
    }

    private void Draw(PlotArea plot)
    {
        var (x, y) = (plot.Panel.X, plot.Panel.Y);
        Line($"set lmargin at screen {Across(plot.Left)}; set rmargin at screen {Across(plot.Right)}");
        Line($"set tmargin at screen {Down(plot.Top)}; set bmargin at screen {Down(plot.Bottom)}");
        Line($"set xrange [{x.Least}:{x.Most}]; set yrange [{y.Least}:{y.Most}]");
        Line($"set xtics nomirror scale 0 ({Ticks(x)}); set ytics nomirror scale 0 ({Ticks(y)})");
        Line($"unset grid");
        if (x.Grid || y.Grid)
            Line($"set grid {(x.Grid ? "xtics" : "noxtics")} {(y.Grid ? "ytics" : "noytics")} linetype 1 linecolor rgb '#dddddd' linewidth 1 dashtype solid back");
        var curves = plot.Panel.Layers.Select(Curve).OfType<string>().ToList();
        Line($"plot {(curves.Count == 0 ? "NaN notitle" : string.Join(", ", curves))}");
        // Labels and legend belong to the whole picture: they were drawn with its first panel.
        Line($"unset label; unset object; unset arrow");
    }

    /// <summary>The data block of a layer, written now, and the plot element that draws it; null when it is empty.</summary>
    private string? Curve(Layer layer) => layer switch
    {
        BarLayer { Bars.Count: > 0 } bars =>
            $"{Block(bars.Bars.Select(bar => Row(bar.X, bar.Bottom, bar.X - bar.Width / 2, bar.X + bar.Width / 2, bar.Bottom, bar.Top)))} using 1:2:3:4:5:6 with boxxyerror fillcolor rgb '{layer.Paint.Colour}' linewidth 0.6",
        RangeLayer { Ranges.Count: > 0 } ranges => Whiskers(ranges),
        BandLayer { Ranges.Count: > 0 } band =>
            $"{Block(band.Ranges.Select(range => Row(range.X, range.Low, range.High)))} using 1:2:3 with filledcurves fillcolor rgb '{layer.Paint.Colour}' fillstyle {BandFill}",
        PointLayer { Points.Count: > 0 } points => Circles(points),
        LineLayer { Points.Count: > 0 } line =>
            $"{Block(line.Points.Select(point => Row(point.X, point.Y)))} using 1:2 with {Style(line)}",
        _ => null,
    };

    /// <summary>Dark with a white edge, to be seen on every colour; arrows whose heads open by 90 degrees are whiskers.</summary>
    private string Whiskers(RangeLayer ranges)
    {
        var block = Block(ranges.Ranges.Select(range => ranges.Lying
            ? Row(range.Low, range.X, range.High - range.Low, 0)
            : Row(range.X, range.Low, 0, range.High - range.Low)));
        var size = FormattableString.Invariant($"heads size screen {3 / _layout.Width:0.#####},90 nofilled");
        return $"{block} using 1:2:3:4 with vectors {size} linecolor rgb '#ffffff' linewidth 3, "
            + $"{block} using 1:2:3:4 with vectors {size} linecolor rgb '{ranges.Paint.Colour}' linewidth 1.2";
    }

    /// <summary>White with a dark edge, to be seen on every colour.</summary>
    private string Circles(PointLayer points)
    {
        var block = Block(points.Points.Select(point => Row(point.X, point.Y)));
        return $"{block} using 1:2 with points pointtype 7 pointsize 0.6 linecolor rgb '#ffffff', "
            + $"{block} using 1:2 with points pointtype 6 pointsize 0.6 linecolor rgb '{points.Paint.Colour}' linewidth 0.9";
    }

    private static string Style(LineLayer line)
    {
        var colour = $"linecolor rgb '{line.Paint.Colour}'";
        var marker = line.Mark is { } mark
            ? FormattableString.Invariant($" pointtype {PointType(mark)} pointsize {line.MarkPixels / PixelsOfPoint:0.##}")
            : "";
        return line.Joined
            ? $"{(line.Mark is null ? "lines" : "linespoints")} {colour} linewidth {(line.Dashed ? "1" : "1.6")} dashtype {Dash(line)}{marker}"
            : $"points {colour}{marker}";
    }

    private static string Dash(LineLayer line) => line.Dashed ? "(6,5)" : "solid";

    /// <summary>As gnuplot's command "test" shows them for pngcairo and svg.</summary>
    private static int PointType(Mark mark) => mark switch
    {
        Mark.Circle => 7,
        Mark.Square => 5,
        Mark.TriangleUp => 9,
        Mark.Diamond => 13,
        Mark.TriangleDown => 11,
        Mark.OpenCircle => 6,
        Mark.OpenSquare => 4,
        Mark.OpenTriangleUp => 8,
        Mark.OpenDiamond => 12,
        Mark.OpenTriangleDown => 10,
        Mark.Plus => 1,
        Mark.Cross => 2,
        _ => 3,
    };

    private string Block(IEnumerable<string> rows)
    {
        var name = $"$data{_blocks++}";
        Line($"{name} << END");
        foreach (var row in rows) _text.Append(row).Append('\n');
        Line($"END");
        return name;
    }

    private static string Row(params ReadOnlySpan<double> values)
    {
        var row = new StringBuilder();
        foreach (var value in values) row.Append(CultureInfo.InvariantCulture, $"{value:R} ");
        return row.ToString();
    }

    /// <summary>Ticks carry no text of their own: the layout has placed it.</summary>
    private static string Ticks(Axis axis) =>
        string.Join(", ", axis.Ticks.Select(tick => string.Create(CultureInfo.InvariantCulture, $"'' {tick.Position:R}")));

    private string Across(double x) => (x / _layout.Width).ToString("0.######", CultureInfo.InvariantCulture);

    private string Down(double y) => (1 - y / _layout.Height).ToString("0.######", CultureInfo.InvariantCulture);

    private void Line(FormattableString line) => _text.Append(FormattableString.Invariant(line)).Append('\n');

    /// <summary>
    /// A double-quoted string that means its text and nothing else: backquotes would run a command even inside double
    /// quotes (gnuplot manual, "Substitution"), so they and all other signs with a meaning are written in octal.
    /// </summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (char.IsControl(letter)) continue;
            if (letter is '"' or '\\' or '`' or '$' or '@' or '%')
                quoted.Append('\\').Append(Convert.ToString(letter, 8).PadLeft(3, '0'));
            else quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }
}
