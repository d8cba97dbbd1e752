using Stickers.Collection;

namespace Stickers.Stores.Naive;

/// <summary>
/// Pages as the original made them: nine calls for the index, three for the good and the bad. What they keep in the store
/// besides is read by nobody here: a vote's token is signed either way, so what counts doesn't change with --naive.
/// </summary>
internal sealed class NaiveReads(INaiveCalls calls) : IPageReads
{
    private const string Agent = "naive";

    public async Task<Pair> PickAsync(CancellationToken cancellation)
    {
        var first = await PickOneAsync(cancellation);
        var second = await PickOneAsync(cancellation);
        while (second.Id == first.Id) second = await calls.RandomAsync(cancellation);
        await KeepVisitorAsync(cancellation);
        await calls.CountViewAsync("index", cancellation);
        return new Pair(first, second);
    }

    public async Task<IReadOnlyList<Sticker>> RankedAsync(bool isBest, int count, CancellationToken cancellation)
    {
        var stickers = await calls.RankedAsync(isBest, count, cancellation);
        await KeepVisitorAsync(cancellation);
        return stickers;
    }

    private async Task<Sticker> PickOneAsync(CancellationToken cancellation)
    {
        var sticker = await calls.RandomAsync(cancellation);
        var token = await calls.TokenAsync(sticker.Id, cancellation);
        await calls.KeepTokenAsync(token, sticker.Id, cancellation);
        return sticker;
    }

    private async Task KeepVisitorAsync(CancellationToken cancellation) =>
        await calls.KeepSessionAsync(await calls.SessionAsync(cancellation), Agent, cancellation);
}
