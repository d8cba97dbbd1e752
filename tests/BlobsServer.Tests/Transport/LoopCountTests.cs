using Transport;

namespace BlobsServer.Tests.Transport;

/// <summary>How many loops run connections, from what they did lately.</summary>
public sealed class LoopCountTests
{
    private const double Brief = 0.0001;
    private const double Long = 0.005;

    [Theory]
    [InlineData(0.0, Brief, 1)]
    [InlineData(0.9, Brief, 1)]
    [InlineData(0.96, Brief, 2)]
    [InlineData(0.4, Long, 1)]
    [InlineData(0.6, Long, 2)]
    public void Look_OneLoop_GetsHelpWhenItIsFullOrItsRoundsAreLong(double busyShare, double roundSeconds, int wanted)
    {
        var count = new LoopCount(8);
        count.Look([new(busyShare, roundSeconds)]);
        Assert.Equal(wanted, count.Active);
    }

    [Theory]
    [InlineData(0.4, 0.4, Brief, 1)]
    [InlineData(0.6, 0.6, Brief, 2)]
    [InlineData(0.2, 0.9, Brief, 2)]
    [InlineData(0.3, 0.3, Long, 2)]
    [InlineData(0.1, 0.1, Long, 1)]
    public void Look_TwoLoops_BecomeOneWhereOneCanDoTheWork(double first, double second, double roundSeconds, int wanted)
    {
        var count = new LoopCount(8);
        count.Look([new(1, Brief)]);
        count.Look([new(first, roundSeconds), new(second, roundSeconds)]);
        Assert.Equal(wanted, count.Active);
    }

    [Fact]
    public void Look_AllFull_DoublesUpToAllThereAreAndBack()
    {
        var count = new LoopCount(6);
        var seen = new List<int>();
        for (var window = 0; window < 4; window++) seen.Add(LookAll(count, new(1, Brief)));
        for (var window = 0; window < 4; window++) seen.Add(LookAll(count, new(0, Brief)));
        Assert.Equal([2, 4, 6, 6, 4, 2, 1, 1], seen);
    }

    [Fact]
    public void Look_OneProcessor_StaysAtOne()
    {
        var count = new LoopCount(1);
        Assert.Equal(1, LookAll(count, new(1, Long)));
    }

    /// <summary>Beside a client on the same processors two loops do no more than one, which the next window shows.</summary>
    [Fact]
    public void Look_HelpThatIsNotNeeded_IsAskedForEverLessOften()
    {
        var count = new LoopCount(2);
        var (with, firstHundred) = (0, 0);
        for (var window = 1; window <= 1000; window++)
        {
            with += LookAll(count, count.Active == 1 ? new(1, Brief) : new(0.45, Brief)) - 1;
            if (window == 100) firstHundred = with;
        }

        Assert.InRange(firstHundred, 4, 8);
        Assert.InRange(with - firstHundred, 10, 20);
    }

    [Fact]
    public void Look_HelpThatWasNeededForLong_IsThereAtOnceTheNextTime()
    {
        var count = new LoopCount(2);
        for (var window = 0; window < 500; window++) LookAll(count, count.Active == 1 ? new(1, Brief) : new(0.45, Brief));
        while (count.Active == 1) LookAll(count, new(1, Brief));
        for (var window = 0; window < 50; window++) LookAll(count, new(0.9, Brief));
        Assert.Equal(1, LookAll(count, new(0, Brief)));
        Assert.Equal(2, LookAll(count, new(1, Brief)));
    }

    private static int LookAll(LoopCount count, LoopLoad each)
    {
        count.Look([.. Enumerable.Repeat(each, count.Active)]);
        return count.Active;
    }
}
