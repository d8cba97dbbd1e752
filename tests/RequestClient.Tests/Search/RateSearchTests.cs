using RequestClient.Search;

namespace RequestClient.Tests.Search;

public sealed class RateSearchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(777)]
    [InlineData(999)]
    public void Search_ServerWithALimit_FindsItInFewTrials(double limit)
    {
        var search = new RateSearch(1000);
        var trials = 0;
        while (search.NextPerSecond is { } rate)
        {
            search.Add(rate, rate <= limit);
            Assert.InRange(++trials, 1, 20);
        }

        if (limit < 1000.0 / 256) Assert.Null(search.BestPerSecond);
        else Assert.InRange(search.BestPerSecond!.Value, limit * 0.97 - 1, limit);
    }

    [Fact]
    public void Search_NothingKept_EndsWithoutABest()
    {
        var search = new RateSearch(1000);
        while (search.NextPerSecond is { } rate) search.Add(rate, kept: false);
        Assert.Null(search.BestPerSecond);
    }

    [Fact]
    public void Search_EverythingKept_EndsAtTheCeiling()
    {
        var search = new RateSearch(1000);
        while (search.NextPerSecond is { } rate) search.Add(rate, kept: true);
        Assert.InRange(search.BestPerSecond!.Value, 979, 1000);
    }
}
