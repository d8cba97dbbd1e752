using Blobs.TestSupport;
using Stickers.Collection;
using Stickers.Stores;
using StoreClients;

namespace Stickers.Tests.Site;

/// <summary>What the stores promise, asked directly.</summary>
[Collection(SharedSite.Name)]
public sealed class StoreTests(RunningStores stores)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task EightAtOnceOnAnEmptyStore_OneCollectionAndOneKey(string name)
    {
        await using var store = await RunningStore.StartAsync(name);
        var clients = Enumerable.Range(0, 8).Select(_ => StickersStores.Open(StoreUrl.Parse(store.Url))).ToArray();
        await Task.WhenAll(clients.Select(client => client.PrepareAsync(Cancel)));
        Assert.Equal(new Totals(540, 16_200, 0, 0, 0), await clients[0].CountAsync(Cancel));
        Assert.Single(clients.Select(client => Convert.ToHexString(client.Key)).Distinct());
        Assert.Equal(32, clients[0].Key.Length);
        foreach (var client in clients) await client.DisposeAsync();
    }

    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task Vote_ChangesOneSticker_AndRanksFollow(string name)
    {
        await using var store = await OpenAsync(name);
        await VoteAsync(store, 100, isPlus: true);
        await VoteAsync(store, 100, isPlus: true);
        await VoteAsync(store, 200, isPlus: true);
        var voted = await VoteAsync(store, 300, isPlus: false);
        Assert.Equal(
            (true, 300, 0L, 1L, -1L),
            (voted.IsCounted, voted.Sticker.Id, voted.Sticker.Plus, voted.Sticker.Minus, voted.Sticker.Rating));
        Assert.NotEqual(voted.Next.First.Id, voted.Next.Second.Id);
        var best = await store.RankedAsync(isBest: true, 9, Cancel);
        Assert.Equal([100, 200], best.Take(2).Select(sticker => sticker.Id));
        Assert.Equal([2, 1, 0, 0, 0, 0, 0, 0, 0], best.Select(sticker => sticker.Rating));
        Assert.Equal((300, -1L), ((await store.RankedAsync(isBest: false, 9, Cancel))[0].Id, (await store.RankedAsync(isBest: false, 9, Cancel))[0].Rating));
        Assert.Equal(new Totals(540, 16_200, 3, 1, 4), await store.CountAsync(Cancel));
        await store.ResetAsync(Cancel);
        Assert.Equal(new Totals(540, 16_200, 0, 0, 0), await store.CountAsync(Cancel));
        Assert.Equal(0, (await store.FindAsync(100, Cancel))!.Rating);
    }

    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task SpentTokens_AreForgottenOnlyWhenTheyCanNotBeUsed(string name)
    {
        await using var store = await OpenAsync(name);
        for (var token = 0; token < 10; token++) await VoteAsync(store, 1, isPlus: true, expires: 1_000 + token);
        Assert.Equal(10, (await store.CountAsync(Cancel)).Spent);
        var early = new Vote(Guid.NewGuid(), 2, true, ExpiresUnixSeconds: 5_000, ForgottenUnixSeconds: 1_005);
        for (var vote = 0; vote < 4; vote++) await store.VoteAsync(early with { Token = Guid.NewGuid() }, Cancel);
        // Two a vote, those that expired before 1,005 and no others.
        Assert.Equal(10 - 5 + 4, (await store.CountAsync(Cancel)).Spent);
    }

    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task Pair_AllStickersComeUp_NeverTheSameTwice(string name)
    {
        await using var store = await OpenAsync(name);
        var seen = new HashSet<int>();
        for (var page = 0; page < 300; page++)
        {
            var pair = await store.PickAsync(Cancel);
            Assert.NotEqual(pair.First.Id, pair.Second.Id);
            Assert.All([pair.First.Id, pair.Second.Id], id => Assert.InRange(id, 1, StickerCollection.Count));
            seen.UnionWith([pair.First.Id, pair.Second.Id]);
        }

        Assert.InRange(seen.Count, 550, 600);
    }

    private static Task<Voted> VoteAsync(IStickersStore store, int id, bool isPlus, long expires = 5_000_000_000) =>
        store.VoteAsync(new Vote(Guid.NewGuid(), id, isPlus, expires, ForgottenUnixSeconds: 0), Cancel);

    private async Task<IStickersStore> OpenAsync(string name)
    {
        var store = StickersStores.Open(StoreUrl.Parse((await stores.OfAsync(name)).Url));
        await store.PrepareAsync(Cancel);
        await store.ResetAsync(Cancel);
        return store;
    }
}
