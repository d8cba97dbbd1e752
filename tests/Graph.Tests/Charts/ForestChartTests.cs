using Graph.Analysis.Comparing;
using Graph.Charts;
using Graph.Rendering;

namespace Graph.Tests.Charts;

/// <summary>The forest plot: each row where its ratio is, in the colour and shape of its answer.</summary>
public sealed class ForestChartTests
{
    private static readonly ForestRow[] Rows =
    [
        Row("all", 1.2, 1.1, 1.3, Answer.Faster) with { Bold = true },
            Row("a", 0.5, 0.4, 0.6, Answer.Slower) with { Begins = true },
        Row("b", 1, 0.95, 1.05, Answer.Equivalent), Row("c", 1, 0.001, 1000, Answer.Inconclusive),
    ];

    [Fact]
    public void Describe_Rows_StandFromTheTopDownWithTextOnBothSides()
    {
        var panel = PanelOf(Rows);

        Assert.Equal(["all", "a", "b", "c"], panel.Y.Ticks.OrderByDescending(tick => tick.Position).Select(tick => tick.Label));
        Assert.Equal(["x1.2", "x0.5", "x1", "x1"], panel.Beside.Select(tick => tick.Label));
        Assert.Equal([true, false, false, false], panel.Y.Ticks.Select(tick => tick.Bold));
        var gaps = panel.Y.Ticks.Zip(panel.Y.Ticks.Skip(1), (upper, lower) => upper.Position - lower.Position).ToList();
        Assert.True(gaps[0] > gaps[1]);
    }

    [Theory]
    [InlineData("all", nameof(Answer.Faster), nameof(Mark.TriangleUp), 1.2)]
    [InlineData("a", nameof(Answer.Slower), nameof(Mark.TriangleDown), 0.5)]
    [InlineData("b", nameof(Answer.Equivalent), nameof(Mark.Square), 1)]
    [InlineData("c", nameof(Answer.Inconclusive), nameof(Mark.OpenCircle), 1)]
    public void Describe_Answer_HasAColourAndAShapeOfItsOwn(string name, string answer, string mark, double ratio)
    {
        var panel = PanelOf(Rows);
        var place = panel.Y.Ticks.Single(tick => tick.Label == name).Position;

        var layer = Assert.Single(panel.Layers.OfType<LineLayer>(), layer => layer.Mark == Enum.Parse<Mark>(mark));

        Assert.Equal(Palette.Of(Enum.Parse<Answer>(answer)), layer.Paint);
        Assert.Contains(layer.Points, point => point.Y == place && Math.Abs(point.X - Math.Log10(ratio)) < 1e-9);
    }

    [Fact]
    public void Describe_MarginBand_LiesAroundOne()
    {
        var band = Assert.Single(PanelOf(Rows).Layers.OfType<BandLayer>());

        Assert.Equal([-Math.Log10(1.1), Math.Log10(1.1)], band.Ranges.Select(range => range.X));
    }

    [Fact]
    public void Describe_IntervalFarBeyondThePoints_EndsWithThePicture()
    {
        var panel = PanelOf(Rows);

        Assert.InRange(Math.Pow(10, panel.X.Most), 1.3, 5);
        Assert.All(panel.Layers.OfType<RangeLayer>().SelectMany(layer => layer.Ranges), range =>
        {
            Assert.InRange(range.Low, panel.X.Least, panel.X.Most);
            Assert.InRange(range.High, panel.X.Least, panel.X.Most);
        });
    }

    [Fact]
    public void Describe_NoRatio_IsNoPicture() => Assert.Null(
        ForestChart.Describe(
            "", "", "1 process", [Row("a", 1, 1, 1, Answer.Inconclusive) with { Ratio = null, Interval = null }], 0.1));

    [Fact]
    public void Of_LongNames_LeaveRoomForTheRatios()
    {
        var rows = Rows.Select(row => row with { Name = new string('W', 90), Text = new string('M', 90) }).ToList();

        var plot = Assert.Single(FigureLayout.Of(ForestChart.Describe("", "", "1 process", rows, 0.1)!).Plots);

        Assert.InRange(plot.Right - plot.Left, 150, 900);
    }

    private static Panel PanelOf(IReadOnlyList<ForestRow> rows) =>
        Assert.Single(ForestChart.Describe("", "", "1 process", rows, 0.1)!.Panels);

    private static ForestRow Row(string name, double ratio, double low, double high, Answer answer) => new()
    {
        Name = name,
        Ratio = ratio,
        Interval = (low, high),
        Answer = answer,
        Text = FormattableString.Invariant($"x{ratio}"),
    };
}
