using System.Collections.Concurrent;
using StoreClients.Gathering;

namespace StoreClients.Tests.Gathering;

public sealed class GatheringTests : IDisposable
{
    private readonly ConcurrentQueue<int[]> _calls = [];
    private readonly SemaphoreSlim _gate = new(0);

    public void Dispose() => _gate.Dispose();

    [Fact]
    public async Task AddAsync_WhileACallIsUnderWay_TheRestGoTogetherInTheNext()
    {
        var gathering = new Gathering<int, int>(DoubleAsync);
        var first = gathering.AddAsync(0, default);
        var rest = Enumerable.Range(1, 50).Select(item => gathering.AddAsync(item, default)).ToArray();
        Assert.Equal([0], Assert.Single(_calls));
        _gate.Release(2);
        Assert.Equal(0, await first);
        Assert.Equal(Enumerable.Range(1, 50).Select(item => item * 2), await Task.WhenAll(rest));
        Assert.Equal(Enumerable.Range(1, 50), _calls.Last());
        Assert.Equal(2, _calls.Count);
    }

    /// <summary>Who gets his result goes on at once, and may take his time: the store has the next call by then.</summary>
    [Fact]
    public async Task AddAsync_WhoGoesOnWithHisResult_DoesNotHoldUpTheNextCall()
    {
        var gathering = new Gathering<int, int>(DoubleAsync);
        var callsSeen = gathering.AddAsync(0, default).ContinueWith(
            _ => _calls.Count, default, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var second = gathering.AddAsync(1, default);
        _gate.Release(2);
        Assert.Equal(2, await callsSeen);
        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task AddAsync_MoreThanGoTogether_TheRestGoLater()
    {
        var gathering = new Gathering<int, int>(DoubleAsync, mostTogether: 20);
        var all = Enumerable.Range(0, 51).Select(item => gathering.AddAsync(item, default)).ToArray();
        _gate.Release(4);
        await Task.WhenAll(all);
        Assert.Equal([1, 20, 20, 10], _calls.Select(call => call.Length));
    }

    [Fact]
    public async Task AddAsync_TheCallFails_AllInItFailAndTheNextIsMade()
    {
        var fails = true;
        var gathering = new Gathering<int, int>(async items =>
        {
            await _gate.WaitAsync();
            return fails ? throw new StoreUnavailableException("gone", mayHaveHappened: true) : [.. items];
        });
        var failing = new[] { gathering.AddAsync(1, default), gathering.AddAsync(2, default), gathering.AddAsync(3, default) };
        _gate.Release(2);
        foreach (var one in failing) await Assert.ThrowsAsync<StoreUnavailableException>(() => one);
        fails = false;
        _gate.Release();
        Assert.Equal(4, await gathering.AddAsync(4, default));
    }

    [Fact]
    public async Task AddAsync_TooManyWait_RefusedAtOnce()
    {
        var gathering = new Gathering<int, int>(DoubleAsync, mostWaiting: 3);
        var taken = Enumerable.Range(0, 4).Select(item => gathering.AddAsync(item, default)).ToArray();
        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => gathering.AddAsync(4, default));
        Assert.False(refusal.MayHaveHappened);
        _gate.Release(2);
        await Task.WhenAll(taken);
    }

    [Fact]
    public async Task AddAsync_Cancelled_OnlyItsOwnWaitEnds()
    {
        using var leaving = new CancellationTokenSource();
        var gathering = new Gathering<int, int>(DoubleAsync);
        var stays = gathering.AddAsync(1, default);
        var leaves = gathering.AddAsync(2, leaving.Token);
        var staysToo = gathering.AddAsync(3, default);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        _gate.Release(2);
        Assert.Equal((2, 6), (await stays, await staysToo));
    }

    [Fact]
    public async Task AddAsync_TooFewResults_FailsAndNobodyHangs()
    {
        var gathering = new Gathering<int, int>(_ => Task.FromResult<IReadOnlyList<int>>([]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => gathering.AddAsync(1, default));
    }

    [Fact]
    public async Task AddAsync_SeveralCallsAllowed_NeverMoreUnderWay()
    {
        var (underWay, most) = (0, 0);
        var gathering = new Gathering<int, int>(
            async items =>
            {
                var now = Interlocked.Increment(ref underWay);
                InterlockedMax(ref most, now);
                await Task.Yield();
                Interlocked.Decrement(ref underWay);
                return [.. items];
            },
            mostTogether: 5,
            mostCalls: 3);
        var results =
            await Task.WhenAll(Enumerable.Range(0, 5_000).Select(item => Task.Run(() => gathering.AddAsync(item, default))));
        Assert.Equal(Enumerable.Range(0, 5_000), results);
        Assert.InRange(most, 1, 3);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; seen < value; seen = target) Interlocked.CompareExchange(ref target, value, seen);
    }

    private async Task<IReadOnlyList<int>> DoubleAsync(IReadOnlyList<int> items)
    {
        _calls.Enqueue([.. items]);
        await _gate.WaitAsync();
        return [.. items.Select(item => item * 2)];
    }
}
