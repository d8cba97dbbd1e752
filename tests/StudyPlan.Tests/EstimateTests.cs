namespace StudyPlan.Tests;

public sealed class EstimateTests
{
    private static readonly StudyParameters Study = new()
    {
        Procs = [1, 2],
        Actions = ["put"],
        Scenarios = [new Scenario(1000, 10)],
        Runs = 5,
        Seed = 1,
        Kept = [new Variable("WARMUP", "2"), new Variable("CEILING", "1")],
    };

    [Fact]
    public void PerSecond_RunsOfTheSameCell_GoBeforeOthers()
    {
        var rates = new Rates([Run(1, 500), Run(2, 100), Run(2, 200), Run(2, 300)]);
        Assert.Equal(200, rates.PerSecond(new Cell("haproxy", 2, "put", new Scenario(1, 10))));
        Assert.Equal(500, rates.PerSecond(new Cell("nginx", 1, "put", new Scenario(1, 10))));
    }

    [Fact]
    public void PerSecond_OtherActionOrSize_IsNotKnown()
    {
        var rates = new Rates([Run(1, 500)]);
        Assert.Null(rates.PerSecond(new Cell("haproxy", 1, "get", new Scenario(1, 10))));
        Assert.Null(rates.PerSecond(new Cell("haproxy", 1, "put", new Scenario(1, 100))));
    }

    [Fact]
    public void TotalSeconds_KnownRates_RunsWarmUpsAndRestarts()
    {
        // A block: 1000 operations at 500/s and at 250/s, with 2.5 s before each and 1.5 s for each start; then 2.5 + 10 s once.
        var cells = new[] { new Cell("haproxy", 1, "put", Study.Scenarios[0]), new Cell("haproxy", 2, "put", Study.Scenarios[0]) };
        Assert.Equal((5 * (2 + 4 + 5 + 3)) + 12.5, new Estimate(Study, new Rates([Run(1, 500), Run(2, 250)])).TotalSeconds(cells), 6);
    }

    [Fact]
    public void Lines_UnknownRate_SaysThatItIsAssumed()
    {
        var lines = new Estimate(Study, new Rates([])).Lines().ToList();
        Assert.Contains("2 cells x 5 runs = 10 runs", lines[^2], StringComparison.Ordinal);
        Assert.StartsWith("?: no study of this machine", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/vda / ext4 rw", true)]
    [InlineData("/dev/vdb / ext4 rw", false)]
    [InlineData("/dev/vda / xfs rw", false)]
    [InlineData("/dev/vda / ext4 rw|tmpfs /tmp tmpfs rw", false)]
    [InlineData("/dev/vda / ext4 rw|tmpfs /tmpfiles tmpfs rw", true)]
    public void IsWithoutJournal_Mounts_TheOneThatHoldsTheFolderCounts(string mounts, bool expected) =>
        Assert.Equal(expected, BlobsPlace.IsWithoutJournal("/tmp", mounts.Split('|'), _ => false, ["vdb-8"]));

    private static RecordedRun Run(int procs, double perSecond) => new()
    {
        Action = "put",
        SizeKiB = 10,
        Procs = procs,
        Proxy = "haproxy",
        Operations = 1000,
        ElapsedSeconds = 1000 / perSecond,
    };
}
