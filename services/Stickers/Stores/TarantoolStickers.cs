using System.Security.Cryptography;
using ServiceDefaults;
using Stickers.Collection;
using Stickers.Signing;
using Stickers.Stores.Naive;
using StoreClients;
using StoreClients.Tarantool;

namespace Stickers.Stores;

/// <summary>Spaces in memory, and a function a page; no other fiber runs between a look and a change.</summary>
internal sealed class TarantoolStickers : IStickersStore
{
    private readonly TarantoolClient _tarantool;

    public TarantoolStickers(StoreUrl url, TimeSpan timeout)
    {
        _tarantool = new(url, new TarantoolSchema(Schema.Read(typeof(TarantoolStickers), "Stickers.lua")), timeout);
        Naive = new TarantoolNaiveCalls(_tarantool);
    }

    public byte[] Key { get; private set; } = [];

    public INaiveCalls Naive { get; }

    /// <summary>Every connection brings the schema along. What is filled in is the same for all who fill it in at once.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        if ((await CountAsync(cancellation)).Stickers < StickerCollection.Count)
        {
            foreach (var packs in StickerCollection.Packs.Chunk(StickerCollection.PacksTogether))
            {
                StoreValue[] names = [.. packs.Select(pack => StoreValue.FromList([pack.Id, pack.Name]))];
                StoreValue[] rows = [.. packs.SelectMany(StickerCollection.Of).Select(
                    sticker => StoreValue.FromList([sticker.Id, sticker.Place.Pack, sticker.Name, sticker.Comment]))];
                await _tarantool.CallAsync("stickers_fill", cancellation, names, rows);
            }
        }

        var reply = await _tarantool.CallAsync(
            "stickers_key", cancellation, Convert.ToHexString(RandomNumberGenerator.GetBytes(Seal.KeyBytes)));
        Key = Convert.FromHexString(reply.ReadResults().ReadString());
    }

    public Task PingAsync(CancellationToken cancellation) => _tarantool.PingAsync(cancellation);

    public Task ResetAsync(CancellationToken cancellation) => _tarantool.CallAsync("stickers_reset", cancellation);

    public async Task<Pair> PickAsync(CancellationToken cancellation)
    {
        var results = (await _tarantool.CallAsync("stickers_pair", cancellation)).ReadResults();
        return StickerTuples.ReadPair(ref results);
    }

    public async Task<IReadOnlyList<Sticker>> RankedAsync(bool isBest, int count, CancellationToken cancellation)
    {
        var results = (await _tarantool.CallAsync("stickers_ranked", cancellation, isBest, count)).ReadResults();
        return StickerTuples.ReadAll(ref results);
    }

    public async Task<Voted> VoteAsync(Vote vote, CancellationToken cancellation)
    {
        var reply = await _tarantool.CallAsync(
            "stickers_vote", cancellation, vote.Token, vote.StickerId, vote.IsPlus, vote.ExpiresUnixSeconds, vote.ForgottenUnixSeconds);
        var results = reply.ReadResults(3);
        return new Voted(results.ReadBoolean(), StickerTuples.Read(ref results), StickerTuples.ReadPair(ref results));
    }

    public async Task<Totals> CountAsync(CancellationToken cancellation)
    {
        var results = (await _tarantool.CallAsync("stickers_count", cancellation)).ReadResults();
        results.ReadArrayHead();
        return new Totals(
            results.ReadInt64(), results.ReadInt64(), results.ReadInt64(), results.ReadInt64(), results.ReadInt64());
    }

    public async Task<IReadOnlyList<Pack>> PacksAsync(CancellationToken cancellation)
    {
        var results = (await _tarantool.CallAsync("stickers_packs", cancellation)).ReadResults();
        var packs = new Pack[results.ReadArrayHead()];
        for (var index = 0; index < packs.Length; index++)
        {
            results.ReadArrayHead();
            packs[index] = new Pack((int)results.ReadInt64(), results.ReadString());
        }

        return packs;
    }

    public async Task<IReadOnlyList<Sticker>> OfPackAsync(int pack, CancellationToken cancellation)
    {
        var results = (await _tarantool.CallAsync("stickers_of_pack", cancellation, pack)).ReadResults();
        return StickerTuples.ReadAll(ref results);
    }

    public async Task<Sticker?> FindAsync(int id, CancellationToken cancellation)
    {
        var results = (await _tarantool.CallAsync("stickers_find", cancellation, id)).ReadResults();
        return results.TryReadNil() ? null : StickerTuples.Read(ref results);
    }

    public ValueTask DisposeAsync()
    {
        _tarantool.Dispose();
        return ValueTask.CompletedTask;
    }
}
