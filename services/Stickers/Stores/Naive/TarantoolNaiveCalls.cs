using Stickers.Collection;
using StoreClients.Tarantool;

namespace Stickers.Stores.Naive;

/// <summary>The original's store.</summary>
internal sealed class TarantoolNaiveCalls(TarantoolClient tarantool) : INaiveCalls
{
    public async Task<Sticker> RandomAsync(CancellationToken cancellation)
    {
        var results = (await tarantool.CallAsync("stickers_naive_random", cancellation)).ReadResults();
        return StickerTuples.Read(ref results);
    }

    public async Task<string> TokenAsync(int stickerId, CancellationToken cancellation) =>
        (await tarantool.CallAsync("stickers_naive_token", cancellation, stickerId)).ReadResults().ReadString();

    public Task KeepTokenAsync(string token, int stickerId, CancellationToken cancellation) =>
        tarantool.CallAsync("stickers_naive_keep_token", cancellation, token, stickerId);

    public async Task<Guid> SessionAsync(CancellationToken cancellation) =>
        (await tarantool.CallAsync("stickers_naive_session", cancellation)).ReadResults().ReadGuid();

    public Task KeepSessionAsync(Guid session, string agent, CancellationToken cancellation) =>
        tarantool.CallAsync("stickers_naive_keep_session", cancellation, session, agent);

    public Task CountViewAsync(string page, CancellationToken cancellation) =>
        tarantool.CallAsync("stickers_naive_count", cancellation, page);

    public async Task<IReadOnlyList<Sticker>> RankedAsync(bool isBest, int count, CancellationToken cancellation)
    {
        var results = (await tarantool.CallAsync("stickers_ranked", cancellation, isBest, count)).ReadResults();
        return StickerTuples.ReadAll(ref results);
    }
}
