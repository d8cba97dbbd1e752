namespace StudyPlan.Tests;

public sealed class ShuffledBlocksTests
{
    private static readonly StudyParameters Default = new()
    {
        Procs = [1, 2, 4, 8],
        Actions = ["baseline", "list", "put", "get", "flag", "delete"],
        Scenarios = [new Scenario(20000, 10), new Scenario(200, 1000)],
        Runs = 5,
        Seed = 42,
    };

    [Fact]
    public void Of_AnyBlock_HoldsEveryCellOnce()
    {
        foreach (var block in ShuffledBlocks.Of(Default).GroupBy(run => run.Block))
        {
            Assert.Equal(48, block.Count());
            Assert.Equal(48, block.Select(run => run.Cell).Distinct().Count());
        }
    }

    [Fact]
    public void Of_AllBlocks_NumbersRunsInOrder() =>
        Assert.Equal(Enumerable.Range(1, 240), ShuffledBlocks.Of(Default).Select(run => run.Order));

    [Fact]
    public void Of_SameSeed_GivesSameOrder() =>
        Assert.Equal(ShuffledBlocks.Of(Default), ShuffledBlocks.Of(Default));

    [Fact]
    public void Of_OtherSeed_GivesOtherOrder() =>
        Assert.NotEqual(ShuffledBlocks.Of(Default), ShuffledBlocks.Of(Default with { Seed = 43 }));

    [Fact]
    public void Of_OneProcessCountInABlock_StartsItsServersOnce()
    {
        foreach (var block in ShuffledBlocks.Of(Default).GroupBy(run => run.Block))
        {
            var procs = block.Select(run => run.Cell.Procs).ToArray();
            var changes = procs.Zip(procs.Skip(1)).Count(pair => pair.First != pair.Second);
            Assert.Equal(3, changes);
        }
    }

    [Fact]
    public void Of_FiftySeeds_NeverRunsACellTwiceInARow()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var cells = ShuffledBlocks.Of(Default with { Seed = seed, Procs = [1, 2], Actions = ["put"], Scenarios = [new Scenario(1, 1)] })
                .Select(run => run.Cell).ToArray();
            Assert.DoesNotContain(cells.Zip(cells.Skip(1)), pair => pair.First == pair.Second);
        }
    }

    [Fact]
    public void Of_OneCellOnly_RepeatsIt() =>
        Assert.Equal(5, ShuffledBlocks.Of(Default with { Procs = [1], Actions = ["put"], Scenarios = [new Scenario(1, 1)] }).Count());

    [Fact]
    public void Of_ManySeeds_PutsEachProcessCountFirstAboutEquallyOften()
    {
        var firsts = Enumerable.Range(1, 1000)
            .Select(seed => ShuffledBlocks.Of(Default with { Seed = seed, Runs = 1 }).First().Cell.Procs)
            .CountBy(procs => procs)
            .ToDictionary();
        Assert.Equal(4, firsts.Count);
        // 250 expected of 1000; 180 lies five standard deviations below.
        Assert.All(firsts.Values, count => Assert.InRange(count, 180, 320));
    }
}
