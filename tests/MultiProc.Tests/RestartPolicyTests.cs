namespace MultiProc.Tests;

public sealed class RestartPolicyTests
{
    [Theory]
    // Each exit is "seconds of run, then r: was ready, k: killed, K: both, -: neither"; the wanted delays in seconds.
    [InlineData("0-", "0.1")]
    [InlineData("0- 0- 0- 0-", "0.1 0.2 0.4 0.8")]
    [InlineData("0- 0- 0- 0- 0-", "0.1 0.2 0.4 0.8 60")]
    [InlineData("0- 0- 0- 0- 0- 0-", "0.1 0.2 0.4 0.8 60 60")]
    [InlineData("9- 9- 9- 9- 9- 9- 9- 9-", "0.1 0.2 0.4 0.8 1.6 3.2 5 5")]
    [InlineData("5r 5r 5r 5r 5r 5r 5r", "0.1 0.2 0.4 0.5 0.5 0.5 0.5")]
    [InlineData("0k 0k 0k 0k 0k 0k", "0.1 0.1 0.1 0.1 0.1 0.1")]
    [InlineData("2K 2K 2K 2K 2K 2K", "0.1 0.1 0.1 0.1 0.1 0.1")]
    [InlineData("0- 0- 0k 0-", "0.1 0.2 0.1 0.4")]
    [InlineData("0- 0- 0- 0- 0- 0k 0-", "0.1 0.2 0.4 0.8 60 0.1 60")]
    [InlineData("0- 0- 1r 0- 0-", "0.1 0.2 0.4 0.8 1.6")]
    [InlineData("0- 0- 0- 0- 0- 1r 0-", "0.1 0.2 0.4 0.8 60 0.5 5")]
    [InlineData("0- 0- 0- 60r 0-", "0.1 0.2 0.4 0.1 0.2")]
    [InlineData("0- 0- 0- 59r 0-", "0.1 0.2 0.4 0.5 1.6")]
    public void After_Exits_Delays(string exits, string delays)
    {
        var history = RestartHistory.Healthy;
        var now = TimeSpan.FromSeconds(1000);
        var seen = new List<double>();
        foreach (var exit in exits.Split(' '))
        {
            var startedAt = now;
            now += TimeSpan.FromSeconds(int.Parse(exit[..^1], null));
            var how = exit[^1];
            var decision = RestartPolicy.After(
                history, new ProcessExit(startedAt, now, WasReady: how is 'r' or 'K', Killed: how is 'k' or 'K'));
            history = decision.History;
            now += decision.Delay;
            seen.Add(decision.Delay.TotalSeconds);
        }

        Assert.Equal(delays.Split(' ').Select(delay => double.Parse(delay, null)), seen);
    }

    [Fact]
    public void After_FiveFailedStarts_IsDegradedUntilItIsReady()
    {
        var history = RestartHistory.Healthy;
        var start = TimeSpan.Zero;
        for (var exits = 1; exits <= 5; exits++)
        {
            Assert.False(history.Degraded);
            history = RestartPolicy.After(history, new ProcessExit(start, start, WasReady: false, Killed: false)).History;
        }

        Assert.True(history.Degraded);
        Assert.False(RestartPolicy.After(history, new ProcessExit(start, start, WasReady: true, Killed: false)).History.Degraded);
    }

    [Fact]
    public void After_ManyExits_DelayStaysBounded()
    {
        var history = new RestartHistory(int.MaxValue - 1, [], Degraded: false);
        var exit = new ProcessExit(default, default, WasReady: false, Killed: false);
        Assert.Equal(RestartPolicy.LongestDelay, RestartPolicy.After(history, exit).Delay);
    }
}
