namespace StudyPlan.Tests;

public sealed class WaysInTests
{
    private static readonly StudyParameters Study = new()
    {
        Procs = [1, 2, 4],
        Actions = ["list", "put"],
        Scenarios = [new Scenario(10, 1)],
        WaysIn = ["direct", "haproxy", "nginx"],
        Runs = 20,
        Seed = 7,
    };

    [Fact]
    public void Groups_Direct_OnlyWithOneProcess() =>
        Assert.Equal([("direct", 1), ("haproxy", 1), ("haproxy", 2), ("haproxy", 4), ("nginx", 1), ("nginx", 2), ("nginx", 4)], Study.Groups);

    [Fact]
    public void ShuffledBlocks_SeveralWaysIn_AreMixedInEveryBlock()
    {
        var blocks = ShuffledBlocks.Of(Study).GroupBy(run => run.Block).ToList();
        Assert.All(blocks, block => Assert.Equal(14, block.Select(run => run.Cell).Distinct().Count()));
        // The first group of a block is any of them: one way in is not always first.
        Assert.True(blocks.Select(block => block.First().Cell.WayIn).Distinct().Count() > 1);
    }

    [Fact]
    public void ShuffledBlocks_OneWayInAndCount_StartsItsServersOnceABlock()
    {
        foreach (var block in ShuffledBlocks.Of(Study).GroupBy(run => run.Block))
        {
            var groups = block.Select(run => (run.Cell.WayIn, run.Cell.Procs)).ToList();
            Assert.Equal(6, groups.Zip(groups.Skip(1)).Count(pair => pair.First != pair.Second));
        }
    }
}
