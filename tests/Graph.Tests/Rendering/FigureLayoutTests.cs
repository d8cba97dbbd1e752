using Graph.Charts;
using Graph.Rendering;
using Graph.Tests.Report;
using StudyResults;

namespace Graph.Tests.Rendering;

/// <summary>Whatever the labels and the number of bars: no text touches another, and all of it lies inside the picture.</summary>
public sealed class FigureLayoutTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 6, 1)]
    [InlineData(16, 6, 1)]
    [InlineData(16, 12, 30)]
    [InlineData(40, 1, 60)]
    public void Of_AnyStudy_NoTextOverlaps(int counts, int actions, int nameLength)
    {
        var simulation = new Simulation
        {
            Procs = [.. Enumerable.Range(1, counts)],
            Actions = [.. Enumerable.Range(0, actions).Select(index => $"{index}" + new string('W', nameLength))],
            Blocks = 2,
            Truth = (action, procs) => Math.Pow(1000, procs % 3),
            Template = HtmlReportTests.Rich with
            {
                Latency = Latencies(actions, nameLength),
                Store = string.Join(' ', Enumerable.Repeat("a long name of a store", 8)),
            },
        };
        var records = simulation.Records().Skip(1);

        var pictures = Pictures.Of(Simulation.AnalysisOf(records));

        Assert.Contains(pictures, picture => picture.Name == "blobs-in-parallel");
        Assert.All(pictures, picture => AssertNoOverlap(FigureLayout.Of(picture.Figure)));
    }

    [Fact]
    public void Of_StudyThatKnowsEverything_IsInSixPictures() => Assert.Equal(
        ["ratios", "blobs-in-parallel", "cores", "latency", "scaling", "order"],
        Pictures.Of((new Simulation { Template = HtmlReportTests.Rich }).Analysis()).Select(picture => picture.Name));

    private static void AssertNoOverlap(FigureLayout layout)
    {
        var boxes = layout.Texts.Select(BoxOf).ToList();
        Assert.All(boxes, box => Assert.True(
            box is { Left: >= 0, Top: >= 0 } && box.Right <= layout.Width
                && box.Bottom <= layout.Height, $"{box} outside {layout.Width} x {layout.Height}"));
        for (var first = 0; first < boxes.Count; first++)
        {
            for (var second = first + 1; second < boxes.Count; second++)
            {
                // Hundreds of thousands of pairs: words are for the one that meets.
                if (boxes[first].Meets(boxes[second])) Assert.Fail($"{layout.Texts[first]} and {layout.Texts[second]}");
            }
        }

        Assert.All(layout.Plots, plot => Assert.DoesNotContain(
            boxes, box => box.Meets(new Box(plot.Left, plot.Top + 8, plot.Right, plot.Bottom))));
    }

    [Fact]
    public void Of_MoreNumbersThanFit_LeavesEverySecondOut()
    {
        var ticks = Enumerable.Range(0, 16).Select(place => new Tick(place, $"{place + 1}")).ToList();
        var panel =
            new Panel { X = new Axis("Processes", -0.5, 15.5, ticks), Y = Scale.FromZero("Milliseconds", 1), Layers = [] };

        var layout = FigureLayout.Of(new Figure { Title = "", Subtitle = "", Caption = [], Panels = [panel, panel, panel] });

        var below = layout.Texts.Where(
            text => text.Y > layout.Plots[0].Bottom && text.X < layout.Plots[0].Right && text.Text.All(char.IsDigit));
        Assert.Equal(["1", "3", "5", "7", "9", "11", "13", "15"], below.Select(text => text.Text));
    }

    [Fact]
    public void Wrap_AnyText_KeepsEveryLetterWithinTheWidth()
    {
        var lines = TextMeasure.Wrap("several words andoneverylongwordthatmustbebroken end", 60, 12);

        Assert.All(lines, line => Assert.InRange(TextMeasure.Width(line, 12), 0, 60));
        Assert.Equal(
            "severalwordsandoneverylongwordthatmustbebrokenend", string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
        Assert.EndsWith("…", TextMeasure.Wrap("several words and more", 60, 12, mostLines: 1)[0], StringComparison.Ordinal);
    }

    private static Dictionary<string, LatencyRecord> Latencies(int actions, int nameLength) =>
        Enumerable.Range(0, actions)
            .ToDictionary(index => $"{index}" + new string('W', nameLength), _ => HtmlReportTests.Rich.Latency["put"]);

    private static Box BoxOf(PlacedText text)
    {
        var (width, height) = (
            TextMeasure.Width(text.Text, text.FontSize) * (text.Bold ? TextMeasure.BoldRatio : 1), text.FontSize);
        if (text.Upright) return new Box(text.X - height / 2, text.Y - width / 2, text.X + height / 2, text.Y + width / 2);
        var left = text.Align switch { Align.Left => text.X, Align.Right => text.X - width, _ => text.X - width / 2 };
        return new Box(left, text.Y - height / 2, left + width, text.Y + height / 2);
    }

    private sealed record Box(double Left, double Top, double Right, double Bottom)
    {
        public bool Meets(Box other) =>
            Left < other.Right - 0.01 && other.Left < Right - 0.01 && Top < other.Bottom - 0.01 && other.Top < Bottom - 0.01;
    }
}
