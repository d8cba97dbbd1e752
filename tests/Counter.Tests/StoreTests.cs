using Blobs.TestSupport;
using Counter.Stores;
using StoreClients;

namespace Counter.Tests;

/// <summary>What a count promises whoever asks one thing after the other, on each store.</summary>
[Collection(SharedCounter.Name)]
public sealed class StoreTests(RunningStores stores)
{
    [Theory]
    [InlineData("redis")]
    [InlineData("postgresql")]
    [InlineData("tarantool")]
    public async Task Take_GivesWhatIsLeftBelowTheLimitAndNothingBeyond(string name)
    {
        await using var store = await EmptyAsync(name);
        Assert.Equal(new Grants(1, 3), await TakeAsync(wanted: 3, limit: 5));
        Assert.Equal(new Grants(4, 2), await TakeAsync(wanted: 3, limit: 5));
        Assert.Equal(0, (await TakeAsync(wanted: 3, limit: 5)).Count);
        Assert.Equal(0, (await TakeAsync(wanted: 3, limit: 2)).Count);
        Assert.Equal(new Grants(6, 1), await TakeAsync(wanted: 1, limit: 6));
        Assert.Equal(new Grants(7, 1000), await TakeAsync(wanted: 1000, limit: null));
        Assert.Equal(1006, await store.CountAsync(default));

        Task<Grants> TakeAsync(int wanted, long? limit) => store.TakeAsync(wanted, limit, default);
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("postgresql")]
    [InlineData("tarantool")]
    public async Task Prepare_WhereNumbersWereGranted_GoesOnFromThere(string name)
    {
        await using var store = await EmptyAsync(name);
        await store.TakeAsync(3, limit: null, default);
        await using var another = await OpenAsync(name);
        Assert.Equal(new Grants(4, 1), await another.TakeAsync(1, limit: null, default));
        Assert.Equal(4, await store.CountAsync(default));
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("postgresql")]
    [InlineData("tarantool")]
    public async Task Reset_NothingWasGranted(string name)
    {
        await using var store = await EmptyAsync(name);
        await store.TakeAsync(3, limit: null, default);
        await store.ResetAsync(default);
        Assert.Equal(0, await store.CountAsync(default));
        Assert.Equal(new Grants(1, 1), await store.TakeAsync(1, limit: 1, default));
    }

    private async Task<ICounterStore> EmptyAsync(string name)
    {
        var store = await OpenAsync(name);
        await store.WriteAsync(0, default);
        return store;
    }

    private async Task<ICounterStore> OpenAsync(string name)
    {
        Assert.True(StoreUrl.TryParse((await stores.OfAsync(name)).Url, out var url, out var problem), problem);
        var store = CounterStores.Open(url!);
        await store.PrepareAsync(default);
        return store;
    }
}
