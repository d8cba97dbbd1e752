using RequestClient.Load;

namespace RequestClient.Tests.Load;

public sealed class SettlingRuleTests
{
    [Theory]
    [InlineData(new double[] { 100, 100, 100 }, false)]
    [InlineData(new double[] { 100, 100, 100, 100 }, true)]
    [InlineData(new double[] { 10, 50, 100, 99, 98, 97 }, true)]
    [InlineData(new double[] { 100, 108, 97, 104 }, true)]
    [InlineData(new double[] { 100, 112, 97, 104 }, false)]
    [InlineData(new double[] { 90, 95, 100, 105 }, false)]
    [InlineData(new double[] { 0, 0, 0, 0 }, false)]
    public void IsSettled_AfterBins_WhenTheLastFourAgree(double[] rates, bool settled)
    {
        var rule = new SettlingRule();
        foreach (var rate in rates) rule.Add(rate);
        Assert.Equal(settled, rule.IsSettled);
    }
}
