namespace StudyResults.Tests;

public sealed class ObjectiveTests
{
    [Theory]
    [InlineData("p99=5ms", 99, 5000)]
    [InlineData("p99.9=200us", 99.9, 200)]
    [InlineData("p50=1.5s", 50, 1_500_000)]
    [InlineData("p95=20ms", 95, 20_000)]
    [InlineData("max=1s", 100, 1_000_000)]
    public void Parse_RightText_PercentileAndBound(string text, double percentile, double microseconds)
    {
        var objective = Objective.Parse(text)!;
        Assert.Equal((percentile, microseconds), (objective.Percentile, objective.Bound.TotalMicroseconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("p99")]
    [InlineData("p99=")]
    [InlineData("p99=5")]
    [InlineData("p99=5m")]
    [InlineData("p99=5h")]
    [InlineData("p99=0ms")]
    [InlineData("p99=-1ms")]
    [InlineData("p101=1ms")]
    [InlineData("p0=1ms")]
    [InlineData("99=1ms")]
    [InlineData("pp=1ms")]
    [InlineData("p99=1ms=2")]
    public void Parse_SomethingElse_Null(string text) => Assert.Null(Objective.Parse(text));

    [Theory]
    [InlineData("p99=20ms")]
    [InlineData("p99.9=200us")]
    [InlineData("max=1.5s")]
    [InlineData("p50=60s")]
    public void ToString_Parsed_TheSameText(string text) => Assert.Equal(text, Objective.Parse(text)!.ToString());

    [Fact]
    public void IsKept_AtAndOverTheBound()
    {
        var latency = new LatencyHistogram();
        for (var sample = 1; sample <= 1000; sample++) latency.Record(sample * 1000);
        Assert.True(Objective.Parse("p50=501us")!.IsKept(latency));
        Assert.False(Objective.Parse("p50=499us")!.IsKept(latency));
        Assert.True(Objective.Parse("max=1ms")!.IsKept(latency));
        Assert.False(Objective.Parse("max=999us")!.IsKept(latency));
    }
}
