using StudyPlan.Order;
using StudyResults;

namespace StudyPlan.Tests.Order;

public sealed class ShuffledBlocksTests
{
    private static readonly StudyParameters Default = Parameters.Default;

    [Fact]
    public void Of_AnyBlock_HoldsEveryCellOnceAndTheSmallestTwice()
    {
        foreach (var block in Blocks(Default, 5))
        {
            Assert.Equal(30, block.Select(Cell.Of).Distinct().Count());
            Assert.Equal(30, block.Count);
            Assert.Equal(6, block.Count(run => run.Control));
            Assert.All(block.Where(run => run.Control), run => Assert.Equal(1, run.Procs));
        }
    }

    [Fact]
    public void Of_WithoutControl_HoldsEveryCellOnce() =>
        Assert.All(
            Blocks(Default with { Control = false }, 2), block => Assert.Equal(
                (24, 0), (block.Count, block.Count(run => run.Control))));

    [Fact]
    public void Of_AllBlocks_NumbersRunsInOrder() =>
        Assert.Equal(Enumerable.Range(1, 150), Blocks(Default, 5).SelectMany(block => block).Select(run => run.Order));

    [Fact]
    public void Of_SameSeed_GivesSameOrderAndMoreBlocksChangeNothing() =>
        Assert.Equal(Blocks(Default, 5).SelectMany(block => block), Blocks(Default, 9).Take(5).SelectMany(block => block));

    [Fact]
    public void Of_OtherSeed_GivesOtherOrder() =>
        Assert.NotEqual(Blocks(Default, 1)[0], Blocks(Default with { Seed = 43 }, 1)[0]);

    [Fact]
    public void Of_WayInThatCanSwitch_MixesAllNumbersOfProcesses()
    {
        // A pool serves them all: a number of processes is not a stretch of the block.
        var changes = Blocks(Default, 20)
            .Average(block => block.Zip(block.Skip(1)).Count(pair => pair.First.Procs != pair.Second.Procs));
        Assert.InRange(changes, 18, 26);
    }

    [Theory]
    [InlineData("nginx", true, 5)]
    [InlineData("haproxy", false, 5)]
    [InlineData("haproxy-unix", true, 1)]
    public void Of_GroupsOfABlock_AreStartedOnce(string wayIn, bool pool, int starts)
    {
        var study = Default with { WaysIn = [wayIn], Pool = pool };
        foreach (var block in Blocks(study, 5))
        {
            var groups = block.Select(run => study.GroupOf(Cell.Of(run))).ToList();
            Assert.Equal(starts - 1, groups.Zip(groups.Skip(1)).Count(pair => pair.First != pair.Second));
        }
    }

    [Fact]
    public void Of_SeveralWaysInAndStores_AreMixedInEveryBlock()
    {
        var study = Default with { WaysIn = ["direct", "haproxy", "nginx"], Stores = ["redis", "postgresql"], Actions = ["put"] };
        var blocks = Blocks(study, 20);
        Assert.All(blocks, block => Assert.Equal(2 * (2 + 5 + 5), block.Select(Cell.Of).Distinct().Count()));
        Assert.DoesNotContain(blocks.SelectMany(block => block), run => run is { Proxy: "direct", Procs: > 1 });
        // Any group may be the first of a block.
        Assert.True(blocks.Select(block => (block[0].Proxy, block[0].Store)).Distinct().Count() > 2);
    }

    [Fact]
    public void Of_FiftySeeds_NeverRunsACellOrItsControlTwiceInARow()
    {
        // With one action on one and two processes a block can't always begin with another cell than the last one ended with.
        (StudyParameters, bool)[] studies =
            [(Default, false), (Parameters.Small, true), (Parameters.Small with { Control = false }, false)];
        foreach (var (study, mayMeet) in studies)
        {
            for (var seed = 1; seed <= 50; seed++)
            {
                var blocks = Blocks(study with { Seed = seed }, 5);
                Assert.All(blocks, block => Assert.False(HasTwiceInARow(block)));
                Assert.False(!mayMeet && HasTwiceInARow(blocks.SelectMany(block => block)), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void Of_OneCellOnly_RepeatsIt() =>
        Assert.Equal(5, Blocks(Parameters.Small with { Procs = [1], Control = false }, 5).Sum(block => block.Count));

    [Fact]
    public void Of_ManySeeds_PutsEachProcessCountFirstAboutEquallyOften()
    {
        var firsts = Enumerable.Range(1, 1000)
            .Select(seed => Blocks(Default with { Seed = seed, Control = false }, 1)[0][0].Procs)
            .CountBy(procs => procs)
            .ToDictionary();
        Assert.Equal(4, firsts.Count);
        // 250 expected of 1000; 180 lies five standard deviations below.
        Assert.All(firsts.Values, count => Assert.InRange(count, 180, 320));
    }

    private static List<IReadOnlyList<PlannedRun>> Blocks(StudyParameters study, int count) =>
        [.. ShuffledBlocks.Of(study).Take(count)];

    private static bool HasTwiceInARow(IEnumerable<PlannedRun> runs)
    {
        var cells = runs.Select(Cell.Of).ToList();
        return cells.Zip(cells.Skip(1)).Any(pair => pair.First.IsSameAs(pair.Second));
    }
}
