using System.Collections.Concurrent;
using Blobs.TestSupport;

namespace Counter.Tests;

/// <summary>
/// Processes and the store are killed under load. A number whose answer was lost is gone; none is granted twice, none beyond
/// the limit, and what was granted is still counted.
/// </summary>
public sealed class CrashTests(RunningStores stores)
{
    private const int Processes = 3;
    private const int Tasks = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData("redis")]
    [InlineData("postgresql")]
    [InlineData("tarantool")]
    public async Task WorkersAndStoreAreKilled_NoNumberTwiceAndNoneBeyondTheLimit(string name)
    {
        var kills = SoakSize.Of(normal: 1, soak: 10);
        const long Limit = 2_000_000; // not reached: the load goes on as long as the kills
        var store = await stores.OfAsync(name, durability: "always"); // nobody else's: one test after the other kills it
        await ResetAsync(store);
        await using var services = await RunningServices.StartAsync(Processes, "Counter", store.Url, "--limit", $"{Limit}");
        var (granted, isOver) = (new ConcurrentBag<long>(), false);
        var asking = Enumerable.Range(0, Tasks).Select(task => Task.Run(async () =>
        {
            while (!Volatile.Read(ref isOver))
            {
                await SoakSize.PauseAsync();
                var answer = await Answer.AskAsync(services[task].Http);
                if (answer.Number is { } number) granted.Add(number);
                else await Task.Delay(5);
            }
        })).ToArray();

        for (var kill = 0; kill < kills; kill++)
        {
            await SeeGrantsAsync(granted);
            await store.KillServerAsync();
            await store.StartAgainAsync();
            await SeeGrantsAsync(granted);
            await services.ReplaceAsync(kill);
        }

        await SeeGrantsAsync(granted);
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(asking).WaitAsync(Patience);
        var count = long.Parse(await services[0].Http.GetStringAsync("/count"), null);
        Assert.Equal(granted.Count, granted.Distinct().Count());
        Assert.InRange(granted.Max(), granted.Count, count);
        Assert.InRange(count, granted.Count, Limit);
        SoakSize.Report($"{name}: {kills} kills of the store and of a worker, {granted.Count} numbers each once, {count - granted.Count} lost with their answer");
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("postgresql")]
    [InlineData("tarantool")]
    public async Task StoreIsKilledWhileAHundredAreGranted_AtMostAHundredEachOnce(string name)
    {
        var store = await stores.OfAsync(name, durability: "always"); // nobody else's: one test after the other kills it
        await ResetAsync(store);
        await using var first = await RunningService.StartAsync("Counter", store.Url);
        await using var second = await RunningService.StartAsync("Counter", store.Url);
        var granted = new ConcurrentBag<long>();
        await AskAsync(40);
        var asking = AskAsync(40);
        await store.KillServerAsync();
        await asking;
        await Eventually.HoldsAsync(async () => !await first.IsReadyAsync(), () => "ready without a store", Patience);
        await store.StartAgainAsync();
        await Eventually.HoldsAsync(
            async () => await first.IsReadyAsync() && await second.IsReadyAsync(), () => "not ready after the restart", Patience);
        await AskAsync(300);
        Assert.Equal("100", await first.Http.GetStringAsync("/count"));
        Assert.Equal(granted.Count, granted.Distinct().Count());
        Assert.InRange(granted.Count, 60, 100);
        Assert.InRange(granted.Max(), 1, 100);

        Task AskAsync(int requests) => Task.WhenAll(Enumerable.Range(0, requests).Select(number => Task.Run(async () =>
        {
            var answer = await Answer.AskAsync((number % 2 == 0 ? first : second).Http);
            if (answer.Number is { } one) granted.Add(one);
        })));
    }

    private static async Task ResetAsync(RunningStore store)
    {
        var (exitCode, _, error) = await ProgramCall.RunAsync(() => CounterCommand.Create().RunAsync(["reset", "--store", store.Url]));
        Assert.True(exitCode == 0, error);
    }

    private static Task SeeGrantsAsync(ConcurrentBag<long> granted)
    {
        var before = granted.Count;
        return Eventually.HoldsAsync(() => granted.Count > before + 200, () => "no more numbers are granted", Patience);
    }
}
