using Blobs.TestSupport;

namespace StoreClients.Tests.Pipelining;

/// <summary>A call that takes too long fails alone; its reply, when it comes after all, is nobody else's.</summary>
public sealed class TimeoutTests(RunningStores stores)
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task OneSlowCall_OthersGoOnAndItsLateReplyIsDropped()
    {
        // Others must not be late beside busy loops: the time-out is long, and the slow call longer.
        using var echo = Echo.Open((await stores.OfAsync("tarantool")).Url, TimeSpan.FromSeconds(3));
        var slow = echo.AskSlowlyAsync("slow", TimeSpan.FromSeconds(4));
        var (round, pending) = (0, new List<Task<string>>());
        while (!slow.IsCompleted)
        {
            // Some are always under way, so one is when the slow one fails: the connection must outlive that.
            if (round % 20 == 0) pending.Add(echo.AskSlowlyAsync("pending", TimeSpan.FromSeconds(1)));
            Assert.Equal($"{round}", await echo.AskAsync($"{round++}"));
            await Task.Delay(1);
        }

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => slow);
        Assert.True(failure.MayHaveHappened);
        Assert.All(await Task.WhenAll(pending), reply => Assert.Equal("pending", reply));
        var later = Task.Delay(TimeSpan.FromSeconds(1.5)); // the late reply comes in this time
        while (!later.IsCompleted) Assert.Equal($"{round}", await echo.AskAsync($"{round++}"));
        Assert.True(round > 20);
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("tarantool")]
    public async Task TheStoreStandsStill_CallsFailInTime_AndWorkWhenItGoesOn(string name)
    {
        await using var store = await RunningStore.StartAsync(name);
        using var echo = Echo.Open(store.Url, Short);
        Assert.Equal("before", await echo.AskAsync("before"));
        store.SignalServer("STOP");
        var calls = Enumerable.Range(0, 50).Select(number => echo.AskAsync($"{number}")).ToArray();
        foreach (var call in calls) await Assert.ThrowsAsync<StoreUnavailableException>(() => call.WaitAsync(Patience));
        store.SignalServer("CONT");
        await Eventually.HoldsAsync(async () => await AnswersAsync(echo, "after"), () => "no answer after CONT", Patience);
    }

    [Fact]
    public async Task OneSlowScript_RedisIsBusy_LateRepliesAreNobodyElses()
    {
        using var echo = Echo.Open((await stores.OfAsync("redis")).Url, Short);
        await echo.AskSlowlyAsync("known", TimeSpan.Zero);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => echo.AskSlowlyAsync("slow", 3 * Short));
        for (var round = 0; round < 200; round++)
        {
            try
            {
                Assert.Equal($"{round}", await echo.AskAsync($"{round}"));
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(20); // while it is busy
            }
        }

        Assert.Equal("end", await echo.AskAsync("end"));
    }

    [Fact]
    public async Task Cancelled_OnlyItsOwnWaitEnds()
    {
        using var echo = Echo.Open((await stores.OfAsync("redis")).Url, TimeSpan.FromSeconds(10));
        for (var round = 0; round < 100; round++)
        {
            using var leaving = new CancellationTokenSource();
            var leaves = echo.AskAsync("leaves", leaving.Token);
            var stays = echo.AskAsync($"{round}");
            await leaving.CancelAsync();
            await leaves.ContinueWith(_ => { }, TaskScheduler.Default);
            Assert.Equal($"{round}", await stays);
        }
    }

    private static async Task<bool> AnswersAsync(Echo echo, string text)
    {
        try
        {
            return await echo.AskAsync(text) == text;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }
}
