using RequestClient.Search;

namespace RequestClient.Tests.Search;

public sealed class RateSearchTests
{
    private const double Tolerance = 0.02;

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(777)]
    [InlineData(999)]
    public void Search_ServerWithALimit_FindsItInFewTrials(double limit)
    {
        var search = new RateSearch(1000, Tolerance, mostTries: 1);
        var trials = 0;
        while (search.NextPerSecond is { } rate)
        {
            search.Add(rate <= limit);
            Assert.InRange(++trials, 1, 20);
        }

        if (limit < 1000.0 / 256) Assert.Null(search.BestPerSecond);
        else Assert.InRange(search.BestPerSecond!.Value, limit * 0.97 - 1, limit);
    }

    [Fact]
    public void Search_NothingKept_EndsWithoutABest()
    {
        var search = new RateSearch(1000, Tolerance, mostTries: 1);
        while (search.NextPerSecond is not null) search.Add(kept: false);
        Assert.Null(search.BestPerSecond);
    }

    [Fact]
    public void Search_EverythingKept_EndsAtTheCeiling()
    {
        var search = new RateSearch(1000, Tolerance, mostTries: 1);
        while (search.NextPerSecond is not null) search.Add(kept: true);
        Assert.InRange(search.BestPerSecond!.Value, 979, 1000);
    }

    [Fact]
    public void Search_RateThatFailedByChance_IsTriedAgain()
    {
        var search = new RateSearch(1000, Tolerance, mostTries: 3);
        search.Add(kept: false);
        search.Add(kept: false);
        Assert.Equal(500, search.NextPerSecond);
        search.Add(kept: true);
        Assert.Equal((500, 750), (search.BestPerSecond, search.NextPerSecond));
        search.Add(kept: false);
        search.Add(kept: false);
        Assert.Equal(750, search.NextPerSecond);
        search.Add(kept: false);
        Assert.Equal((500, 625), (search.BestPerSecond, search.NextPerSecond));
    }
}
