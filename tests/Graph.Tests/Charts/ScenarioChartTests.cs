using Graph.Charts;
using Graph.Report;
using Graph.Tests.Report;
using StudyResults;

namespace Graph.Tests.Charts;

/// <summary>What the pictures of a scenario are made of.</summary>
public sealed class ScenarioChartTests
{
    private static readonly Simulation Puts =
        new() { Procs = [1, 2], Actions = ["put"], Blocks = 10, Template = HtmlReportTests.Rich };

    [Fact]
    public void Order_BlocksThatDiffer_ShowInTheirMeans()
    {
        // Every second block is 20 % slower; a mean of logarithms lies between, wherever a median would choose a side.
        var records = Puts.Records()
            .Select(run => run.Block % 2 == 0 ? run with { ElapsedSeconds = run.ElapsedSeconds * 1.25 } : run);

        var figure = OrderChart.Describe(Simulation.AnalysisOf(records))!;

        var means = Assert.Single(figure.Panels[0].Layers.OfType<LineLayer>(), layer => layer.Label == "mean of the block");
        Assert.Equal(0, means.Points.Average(point => point.Y), 0.01);
        Assert.All(means.Points, point => Assert.InRange(Math.Abs(point.Y), 0.03, 0.07));
    }

    [Fact]
    public void Cores_Stack_AddsUpToTheBusyProcessors()
    {
        var records = Puts.Records().Select(run => run with
        {
            CpuSeconds = new CpuSecondsRecord { Client = 0.2 * run.ElapsedSeconds, Proxy = 0.3 * run.ElapsedSeconds, Workers = [0.4 * run.ElapsedSeconds], Store = 0.1 * run.ElapsedSeconds },
            MachineCpu = new MachineCpuRecord
            {
                BusySeconds = 1.2 * run.ElapsedSeconds,
                IdleSeconds = 0.8 * run.ElapsedSeconds,
                IoWaitSeconds = 0,
                StealSeconds = 0,
                SoftirqSeconds = 0.15 * run.ElapsedSeconds,
            },
        });

        var layers = CoresChart.Describe(Simulation.AnalysisOf(records))!.Panels[0].Layers;

        Assert.Equal(
            [
                ("workers", 0.4), ("store", 0.1), ("proxy", 0.3), ("load client", 0.2), ("kernel, for nobody", 0.15),
                ("others' work", 0.05)
            ],
            layers.OfType<BarLayer>().Select(layer => (layer.Label!, Math.Round(layer.Bars[0].Top - layer.Bars[0].Bottom, 9))));
        Assert.Equal(1.2, layers.OfType<BarLayer>().Max(layer => layer.Bars[0].Top), 9);
        Assert.Equal(2, Assert.Single(layers.OfType<LineLayer>(), layer => layer.Dashed).Points[0].Y);
    }

    [Fact]
    public void Latency_Cell_ShowsFourPercentilesAndTheSpreadBetweenRuns()
    {
        var slow = new LatencyHistogram();
        for (var request = 0; request < 20_000; request++) slow.Record(50_000_000);
        var records = Puts.Records().Select(run => run.Block == 1
            ? run with { Latency = new Dictionary<string, LatencyRecord> { ["put"] = LatencyRecord.Of(slow) } }
            : run);

        var layers = LatencyChart.Describe(Simulation.AnalysisOf(records))!.Panels[0].Layers;

        Assert.Equal(
            [Mark.Circle, Mark.Square, Mark.TriangleUp, Mark.Diamond],
            layers.OfType<LineLayer>().Where(layer => layer is { Mark: not null, Points.Count: 1 }).Take(4).Select(
                layer => layer.Mark!.Value));
        var median = layers.OfType<RangeLayer>().First().Ranges[0];
        Assert.Equal(1, Math.Pow(10, median.Low), 0.1);
        Assert.Equal(50, Math.Pow(10, median.High), 2.5);
    }

    [Fact]
    public void Latency_TwoActionsWithARequestOfTheSameName_AreToldApart()
    {
        var records = (Puts with { Actions = ["find", "search"] }).Records().Select(run => run with
        {
            Latency = new[] { "post", "ask" }.ToDictionary(step => step, _ => HtmlReportTests.Rich.Latency["put"]),
        });

        Assert.Equal(
            ["find: ask", "find: post", "search: ask", "search: post"],
            LatencyChart.Describe(Simulation.AnalysisOf(records))!.Panels.Select(panel => panel.Title).Order());
    }

    /// <summary>
    /// An operation of several requests has no request that it is named for, and had neither picture nor figures.
    /// </summary>
    [Fact]
    public void Latency_SequenceOfRequests_ShowsEachOfThem()
    {
        var histogram = new LatencyHistogram();
        for (var request = 0; request < 20_000; request++) histogram.Record(1_000_000);
        var latency = LatencyRecord.Of(histogram);
        var records = Puts.Records().Select(run => run with
        {
            Action = "dialog",
            Latency = new Dictionary<string, LatencyRecord> { ["dialog.post"] = latency, ["dialog.get"] = latency },
        });

        var analysis = Simulation.AnalysisOf(records);

        Assert.Equal(["dialog.get", "dialog.post"], LatencyChart.Describe(analysis)!.Panels.Select(panel => panel.Title).Order());
        var rows = LatencyTable.Of(analysis)!.Rows;
        Assert.Equal(
            [("1", "dialog.get"), ("1", "dialog.post"), ("2", "dialog.get"), ("2", "dialog.post")],
            rows.Select(row => (row[1].Text, row[2].Text)).Order());
        Assert.All(rows, row => Assert.All(row.Skip(3), value => Assert.Equal(1, value.SortKey!.Value, 0.02)));
    }

    [Fact]
    public void Bars_TwoRunsThatDiffer_HaveTheirWhiskersInThePicture()
    {
        var records = Puts with { Blocks = 2, Noise = 0.03 };

        var panel = BlobsInParallel.Describe(records.Analysis()).Panels[0];

        Assert.All(panel.Layers.OfType<RangeLayer>().Single().Ranges, range => Assert.InRange(range.High, 0, panel.Y.Most));
    }

    [Fact]
    public void Pictures_OfAStudyWithWarnings_RepeatNone()
    {
        var analysis = Simulation.AnalysisOf(Puts.Records().Select(run => run with { ProxyRequests = 1 }));

        Assert.All(Pictures.Of(analysis), picture => Assert.DoesNotContain(
            picture.Figure.Caption, line => line.Contains("balance", StringComparison.Ordinal)));
    }
}
