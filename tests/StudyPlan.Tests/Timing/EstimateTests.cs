using StudyPlan.Order;
using StudyPlan.Timing;
using StudyPlan.Variables;
using StudyResults;

namespace StudyPlan.Tests.Timing;

public sealed class EstimateTests
{
    private static readonly StudyParameters Study = Parameters.Default with
    {
        Procs = [1, 2],
        Actions = ["put"],
        Scenarios = [new Scenario(1000, 10)],
        Budget = TimeSpan.Zero,
    };

    [Fact]
    public void PerSecond_RunsOfTheSameCell_GoBeforeOthers()
    {
        var rates = new Rates([Run(1, 500), Run(2, 100), Run(2, 200), Run(2, 300)]);
        Assert.Equal(200, rates.PerSecond(CellOf("haproxy", 2)));
        Assert.Equal(500, rates.PerSecond(CellOf("nginx", 1)));
    }

    [Fact]
    public void PerSecond_OtherActionOrSize_IsNotKnown()
    {
        var rates = new Rates([Run(1, 500)]);
        Assert.Null(rates.PerSecond(CellOf("haproxy", 1) with { Action = "get" }));
        Assert.Null(rates.PerSecond(CellOf("haproxy", 1) with { Scenario = new Scenario(1, 100) }));
    }

    [Fact]
    public void BlockSeconds_KnownRates_AreWindowsOneStartAndOneWarmUp()
    {
        // 1000 operations at 500/s twice, for the cell and its control, and at 250/s; one start for all.
        var expected = 2 + 2 + 4 + (3 * Estimate.BetweenSeconds) + Estimate.StartSeconds;
        Assert.Equal(expected, new Estimate(Study, new Rates([Run(1, 500), Run(2, 250)])).BlockSeconds(), 6);
    }

    [Fact]
    public void BlockSeconds_StoreThatIsSlowToStart_TakesLonger()
    {
        double Seconds(string store) => new Estimate(Study with { Stores = [store] }, new Rates([])).BlockSeconds();
        Assert.Equal(Seconds("redis") + Store.StartSeconds("radosgw"), Seconds("radosgw"), 6);
        Assert.InRange(Store.StartSeconds("radosgw"), 10, 60);
    }

    [Fact]
    public void Sentence_WithBudget_SaysTheLeastAndTheMost()
    {
        var rates = new Rates([Run(1, 1000), Run(2, 1000)]);
        Assert.StartsWith(
            "3 runs a block (2 cells, 1 again as the control), each 1s to 10s: "
                + "about 0:36 for 5 blocks, and more of 0:07 each up to 17:08",
            new Estimate(Study with { Budget = TimeSpan.FromMinutes(10) }, rates).Sentence, StringComparison.Ordinal);
        Assert.EndsWith("about 0:36 for 5 blocks", new Estimate(Study, rates).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Sentence_OneRunABlock_IsOneRun() => Assert.StartsWith(
        "1 run a block, 1s to 10s: about", new Estimate(
            Study with { Procs = [2], Control = false }, new Rates([])).Sentence, StringComparison.Ordinal);

    [Fact]
    public void Lines_UnknownRate_SaysThatItIsAssumed() =>
        Assert.StartsWith(
            "?: no study of this machine", new Estimate(Study, new Rates([])).Lines().Last(), StringComparison.Ordinal);

    private static Cell CellOf(string wayIn, int procs) => new()
    {
        WayIn = wayIn,
        Procs = procs,
        Action = "put",
        Scenario = new Scenario(1, 10),
        Concurrency = 10,
    };

    private static RunRecord Run(int procs, double perSecond) =>
        Recorded.Run(1, procs) with { ElapsedSeconds = 1000 / perSecond };
}
