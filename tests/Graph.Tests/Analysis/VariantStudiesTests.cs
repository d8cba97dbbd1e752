using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Analysis.Scenarios;
using Graph.Analysis.Selecting;
using Graph.Analysis.Variants;
using Graph.Charts;
using StudyResults;

namespace Graph.Tests.Analysis;

public sealed class VariantStudiesTests
{
    [Fact]
    public void Of_OneWayIn_IsNoComparison() => Assert.Empty(Of(Records("haproxy", 10_000)));

    [Fact]
    public void Of_TwoWaysIn_ComparesEachCountInsideBlocks()
    {
        var study = Assert.Single(Of([.. Records("haproxy", 10_000), .. Records("nginx", 20_000)]));
        var action = Assert.Single(study.Actions);
        Assert.Equal(("put", "haproxy", Dimension.WayIn), (action.Action, study.Reference, study.Dimension));
        Assert.All(study.Primary, answer => Assert.Equal(("nginx", Answer.Faster), (answer.Variant, answer.Comparison.Answer)));
        Assert.Equal(
            [("haproxy", 1), ("haproxy", 2), ("nginx", 1), ("nginx", 2)], action.Cells.Select(
                cell => (cell.Variant, cell.Procs)));
        Assert.All(action.Cells.Take(2), cell => Assert.Null(cell.Against));
        Assert.All(action.Cells.Skip(2), cell =>
        {
            Assert.Equal(Answer.Faster, cell.Against!.Answer);
            Assert.InRange(cell.Against.Ratio!.Value, 1.7, 2.3);
            Assert.Equal(cell.Procs, cell.Against.ReferenceProcs);
        });
    }

    [Fact]
    public void Of_FilesBesideAStore_AreOneOfTheStores()
    {
        var rows = Records("haproxy", 20_000).Select(record => record with { StoreEngine = "postgresql" });
        var study = Assert.Single(Of([.. Records("haproxy", 10_000), .. rows]));
        Assert.Equal((Dimension.Store, "disk"), (study.Dimension, study.Reference));
    }

    [Fact]
    public void Of_OtherConditionsDiffer_AreNotCompared()
    {
        var other = Records("nginx", 20_000).Select(record => record with { Durability = "always" });
        Assert.Empty(Of([.. Records("haproxy", 10_000), .. other]));
    }

    [Fact]
    public void Shares_Caption_NamesEachCountThatWasMeasured()
    {
        var records = new[] { "haproxy", "nginx" }.SelectMany(proxy => Records(proxy, 10_000))
            .Select(run => run with { RequestsPerWorker = [.. Enumerable.Repeat(10L, run.Procs!.Value)] });

        var shares = VariantCharts.Of(Assert.Single(Of(records)), 0.1)
            .Single(picture => picture.Name.EndsWith("-shares", StringComparison.Ordinal));

        Assert.EndsWith(
            "An even share is 100 % with 1 process, 50 % with 2.",
            Assert.Single(shares.Figure.Caption),
            StringComparison.Ordinal);
    }

    [Fact]
    public void WorkerShares_TwoOfAPoolOfFour_OfThemAlone()
    {
        var run = Simulation.Example with { Serving = [2, 4], RequestsPerWorker = [0, 602, 0, 601] };
        var shares = WorkerShares.Of(new Cell { Procs = 2, Action = "put", OperationsPerSecond = 1, Runs = [new Run(run)] });
        Assert.Equal((602.0 / 1203, 0), (shares!.BusiestRatio, shares.MostIdle));
    }

    [Fact]
    public void WorkerShares_UnevenRuns_BusiestAndIdle()
    {
        long[][] counts = [[50, 50, 0], [40, 30, 30], [100, 0, 0]];
        var shares = WorkerShares.Of(new Cell
        {
            Procs = 3,
            Action = "put",
            OperationsPerSecond = 1,
            Runs = [.. counts.Select(run => new Run(Simulation.Example with { RequestsPerWorker = run }))],
        });
        Assert.Equal(new WorkerShares(BusiestRatio: 0.5, BusiestLow: 0.4, BusiestHigh: 1, MostIdle: 2, IdleRuns: 2), shares);
    }

    [Fact]
    public void WorkerShares_NobodyCounted_Null() =>
        Assert.Null(
            WorkerShares.Of(
                new Cell { Procs = 1, Action = "put", OperationsPerSecond = 1, Runs = [new Run(Simulation.Example)] }));

    private static IReadOnlyList<RunRecord> Records(string wayIn, double rate) => new Simulation
    {
        Procs = [1, 2],
        Actions = ["put"],
        Truth = (_, _) => rate,
        Seed = wayIn.Length,
        Template = Simulation.Example with { Proxy = wayIn },
    }.Records();

    [Fact]
    public void Of_TwoStoresAndTwoConcurrencies_ComparesAlongEach()
    {
        IEnumerable<RunRecord> With(string engine, int connections, double rate) => Records("haproxy", rate).Select(
            record => record with { StoreEngine = engine, Store = $"Counter on {engine}", Concurrency = connections });

        var studies = Of([.. With("postgresql", 10, 10_000), .. With("redis", 10, 15_000), .. With("redis", 50, 25_000)]);

        Assert.Equal(
            [(Dimension.Store, "postgresql", "redis"), (Dimension.Concurrency, "10", "50")],
            studies.Select(study => (study.Dimension, study.Reference, study.Primary[0].Variant)));
        Assert.All(studies.SelectMany(study => study.Primary), answer => Assert.Equal(Answer.Faster, answer.Comparison.Answer));
    }

    private static IReadOnlyList<VariantStudy> Of(IEnumerable<RunRecord> records) => VariantStudies.Of(
        ScenarioAnalysis.OfStudy(
            ScenarioBuilder.FromRecords(records),
            DecisionRule.Default,
            TestContext.Current.CancellationToken), DecisionRule.Default);
}
