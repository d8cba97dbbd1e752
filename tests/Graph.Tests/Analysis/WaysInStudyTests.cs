using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Analysis.Ways;
using StudyResults;

namespace Graph.Tests.Analysis;

public sealed class WaysInStudyTests
{
    [Fact]
    public void Of_OneWayIn_IsNoComparison() => Assert.Empty(WaysInStudy.Of(AnalysesOf(Records("haproxy", 10_000))));

    [Fact]
    public void Of_TwoWaysIn_ComparesEachCountInsideBlocks()
    {
        var study = Assert.Single(WaysInStudy.Of(AnalysesOf([.. Records("haproxy", 10_000), .. Records("nginx", 20_000)])));
        Assert.Equal(("put", "haproxy"), (study.Action, study.Reference));
        Assert.Equal([("haproxy", 1), ("haproxy", 2), ("nginx", 1), ("nginx", 2)], study.Cells.Select(cell => (cell.WayIn, cell.Procs)));
        Assert.All(study.Cells.Take(2), cell => Assert.Null(cell.Against));
        Assert.All(study.Cells.Skip(2), cell =>
        {
            Assert.Equal(Answer.Faster, cell.Against!.Answer);
            Assert.InRange(cell.Against.Ratio!.Value, 1.7, 2.3);
            Assert.Equal(cell.Procs, cell.Against.Reference.Procs);
        });
    }

    [Fact]
    public void Of_OtherConditionsDiffer_AreNotCompared()
    {
        var other = Records("nginx", 20_000).Select(record => record with { Concurrency = 99 });
        Assert.Empty(WaysInStudy.Of(AnalysesOf([.. Records("haproxy", 10_000), .. other])));
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
        Assert.Null(WorkerShares.Of(new Cell { Procs = 1, Action = "put", OperationsPerSecond = 1, Runs = [new Run(Simulation.Example)] }));

    private static IReadOnlyList<RunRecord> Records(string wayIn, double rate) => new Simulation
    {
        Procs = [1, 2],
        Actions = ["put"],
        Truth = (_, _) => rate,
        Seed = wayIn.Length,
        Template = Simulation.Example with { Proxy = wayIn },
    }.Records();

    private static IReadOnlyList<ScenarioAnalysis> AnalysesOf(IEnumerable<RunRecord> records) =>
        [.. ScenarioBuilder.FromRecords(records).Select(scenario => ScenarioAnalysis.Of(scenario, DecisionRule.Default))];
}
