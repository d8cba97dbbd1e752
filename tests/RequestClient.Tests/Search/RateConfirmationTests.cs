using RequestClient.Search;

namespace RequestClient.Tests.Search;

public sealed class RateConfirmationTests
{
    [Theory]
    // k: kept, b: broken; what is tried next at 1000/s or 900/s, "yes" once it is confirmed.
    [InlineData("", "1000")]
    [InlineData("k", "1000")]
    [InlineData("kk", "yes")]
    [InlineData("kb", "1000")]
    [InlineData("kbk", "yes")]
    [InlineData("bkk", "yes")]
    [InlineData("b", "1000")]
    [InlineData("bb", "900")]
    [InlineData("kbb", "900")]
    [InlineData("bkb", "900")]
    // What was kept at the rate before does not count at the next.
    [InlineData("kbbk", "900")]
    [InlineData("kbbb", "900")]
    [InlineData("kbbkk", "yes")]
    public void Rate_KeptInTwoOfThreeTrials_IsConfirmedOrLowered(string trials, string next)
    {
        var confirmation = new RateConfirmation(1000);
        foreach (var trial in trials) confirmation.Add(kept: trial == 'k');
        Assert.Equal(next, confirmation.IsConfirmed ? "yes" : $"{confirmation.NextPerSecond:0}");
        Assert.Equal(confirmation.IsConfirmed, confirmation.NextPerSecond is null);
    }

    [Fact]
    public void NothingKept_EndsUnconfirmed()
    {
        var confirmation = new RateConfirmation(1000);
        for (var trials = 0; confirmation.NextPerSecond is not null; trials++)
        {
            Assert.InRange(trials, 0, 100);
            confirmation.Add(kept: false);
        }

        Assert.False(confirmation.IsConfirmed);
    }
}
