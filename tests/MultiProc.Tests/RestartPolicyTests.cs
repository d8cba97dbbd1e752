using MultiProc.Keeping;

namespace MultiProc.Tests;

public sealed class RestartPolicyTests
{
    [Theory]
    // Each exit is "seconds of run, then r: had been ready, h: hung, -: ended before it was ready"; the wanted delays in seconds.
    [InlineData("0-", "0.1")]
    [InlineData("0- 0- 0- 0-", "0.1 0.2 0.4 0.8")]
    [InlineData("0- 0- 0- 0- 0-", "0.1 0.2 0.4 0.8 60")]
    [InlineData("0- 0- 0- 0- 0- 0-", "0.1 0.2 0.4 0.8 60 60")]
    // One that never answers is killed every 30 s: five in a row are five in a row.
    [InlineData("30- 30- 30- 30- 30- 30-", "0.1 0.2 0.4 0.8 60 60")]
    [InlineData("90- 90- 90- 90- 90-", "0.1 0.2 0.4 0.8 60")]
    [InlineData("5r 5r 5r 5r 5r 5r 5r", "0.1 0.2 0.4 0.5 0.5 0.5 0.5")]
    [InlineData("0- 0- 1r 0- 0-", "0.1 0.2 0.4 0.8 1.6")]
    [InlineData("0- 0- 0- 0- 0- 1r 0-", "0.1 0.2 0.4 0.8 60 0.5 5")]
    [InlineData("0- 0- 0- 60r 0-", "0.1 0.2 0.4 0.1 0.2")]
    [InlineData("0- 0- 0- 59r 0-", "0.1 0.2 0.4 0.5 1.6")]
    [InlineData("17h 17h 17h 17h 17h 17h", "0.1 0.2 0.4 0.5 60 60")]
    [InlineData("70h 70h 70h 70h 70h", "0.1 0.2 0.4 0.5 60")]
    [InlineData("17h 17h 17h 17h 60r 17h", "0.1 0.2 0.4 0.5 0.1 0.2")]
    [InlineData("0- 0- 0- 0- 1h 0-", "0.1 0.2 0.4 0.8 0.5 3.2")]
    public void After_Exits_Delays(string exits, string delays)
    {
        var history = RestartHistory.Healthy;
        var seen = new List<double>();
        foreach (var exit in exits.Split(' '))
        {
            var kind = exit[^1] switch { 'r' => ExitKind.AfterReady, 'h' => ExitKind.Hung, _ => ExitKind.BeforeReady };
            var decision = RestartPolicy.After(history, new ProcessExit(TimeSpan.FromSeconds(int.Parse(exit[..^1], null)), kind));
            history = decision.History;
            seen.Add(decision.Delay.TotalSeconds);
        }

        Assert.Equal(delays.Split(' ').Select(delay => double.Parse(delay, null)), seen);
    }

    [Fact]
    public void After_FiveFailedStarts_IsDegradedUntilItWasReady()
    {
        var history = RestartHistory.Healthy;
        for (var exits = 1; exits <= 5; exits++)
        {
            Assert.False(history.Degraded);
            history = RestartPolicy.After(history, new ProcessExit(TimeSpan.Zero, ExitKind.BeforeReady)).History;
        }

        Assert.True(history.Degraded);
        Assert.False(RestartPolicy.After(history, new ProcessExit(TimeSpan.Zero, ExitKind.AfterReady)).History.Degraded);
    }

    [Fact]
    public void After_ManyExits_DelayStaysBounded()
    {
        var history = new RestartHistory(int.MaxValue - 1, 0, 0);
        var decision = RestartPolicy.After(history, new ProcessExit(TimeSpan.Zero, ExitKind.BeforeReady));
        Assert.Equal(RestartPolicy.LongestDelay, decision.Delay);
    }
}
