using System.Diagnostics;
using Blobs.TestSupport;

namespace StoreClients.Tests.Pipelining;

/// <summary>
/// Many tasks over one connection to the real store: each gets its own reply, also when the store is killed in between.
/// </summary>
public sealed class OwnReplyTests(RunningStores stores)
{
    private const int Tasks = 200;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData("redis")]
    [InlineData("tarantool")]
    public async Task TwoHundredTasks_OneConnection_EachItsOwnReply(string name)
    {
        using var echo = Echo.Open((await stores.OfAsync(name)).Url, Timeout);
        await AskAsync(echo, name, SoakSize.Of(normal: 20_000, soak: 1_000_000));
    }

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData("redis")]
    [InlineData("tarantool")]
    public async Task KilledUnderLoad_NoCallHangsOrGetsAnothersReply_AndAllWorkAfterTheRestart(string name)
    {
        var patience = TimeSpan.FromSeconds(2);
        var kills = SoakSize.Of(normal: 2, soak: 30);
        await using var store = await RunningStore.StartAsync(name);
        using var echo = Echo.Open(store.Url, patience);
        var (right, failed, isOver) = (0L, 0L, false);
        var longest = TimeSpan.Zero;
        var asking = Enumerable.Range(0, Tasks).Select(task => Task.Run(async () =>
        {
            for (var round = 0; !Volatile.Read(ref isOver); round++)
            {
                var text = $"{task}/{round}";
                var watch = Stopwatch.StartNew();
                try
                {
                    Assert.Equal(text, await echo.AskAsync(text));
                    Interlocked.Increment(ref right);
                }
                catch (StoreUnavailableException)
                {
                    Interlocked.Increment(ref failed);
                    await Task.Delay(5);
                }

                lock (echo) longest = longest > watch.Elapsed ? longest : watch.Elapsed;
            }
        })).ToArray();
        for (var kill = 0; kill < kills; kill++)
        {
            var before = Interlocked.Read(ref right);
            await Eventually.HoldsAsync(
                () => Interlocked.Read(ref right) > before + 1_000, () => "no replies", TimeSpan.FromSeconds(30));
            await store.KillServerAsync();
            await store.StartAgainAsync();
        }

        var after = Interlocked.Read(ref right);
        await Eventually.HoldsAsync(
            () => Interlocked.Read(ref right) > after + Tasks, () => "no replies after the restart", TimeSpan.FromSeconds(30));
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(asking).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(failed > 0, "no call was under way when the store was killed");
        // Twice: the connection is made anew within one time-out, and the call is answered within another.
        Assert.InRange(longest, TimeSpan.Zero, 2 * patience + TimeSpan.FromSeconds(5));
        SoakSize.Report($"{name}: {kills} kills, {right} calls answered right, {failed} failed, the longest took {longest.TotalMilliseconds:0} ms");
    }

    private static async Task AskAsync(Echo echo, string name, int calls)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Tasks).Select(task => Task.Run(async () =>
        {
            for (var round = 0; round < calls / Tasks; round++)
            {
                var text = $"{task}/{round}";
                Assert.Equal(text, await echo.AskAsync(text));
            }
        })));
        SoakSize.Report($"{name}: {calls} calls of {Tasks} tasks over one connection, each its own reply, {calls / watch.Elapsed.TotalSeconds:0}/s");
    }
}
