using System.Security.Cryptography;
using Npgsql;
using ServiceDefaults;
using Stickers.Collection;
using Stickers.Signing;
using Stickers.Stores.Naive;
using StoreClients;
using StoreClients.PostgreSql;

namespace Stickers.Stores;

/// <summary>Tables, and a function a page.</summary>
internal sealed class PostgreSqlStickers : IStickersStore
{
    // Eight processes stay well below the store's max_connections, and more would only queue inside the server.
    private const int MostConnections = 16;

    private const string Shown =
        "SELECT s.id, p.name, s.name, s.comment, s.plus, s.minus, s.rating FROM stickers s JOIN packs p ON p.id = s.pack";

    private const string Fill =
        """
        WITH filled AS (INSERT INTO packs SELECT * FROM unnest($1::integer[], $2::text[]) ON CONFLICT DO NOTHING)
        INSERT INTO stickers (id, pack, name, comment)
        SELECT * FROM unnest($3::integer[], $4::integer[], $5::text[], $6::text[]) ON CONFLICT DO NOTHING
        """;

    private const string Count =
        """
        SELECT (SELECT count(*) FROM packs), count(*), coalesce(sum(plus), 0)::bigint, coalesce(sum(minus), 0)::bigint,
            (SELECT count(*) FROM spent) FROM stickers
        """;

    private const string OfferKey = "INSERT INTO keys VALUES (1, $1) ON CONFLICT DO NOTHING";

    private readonly NpgsqlDataSource _source;
    private readonly PostgreSqlRows _rows;

    public PostgreSqlStickers(StoreUrl url, TimeSpan timeout)
    {
        _source = PostgreSqlSource.Open(url, MostConnections, timeout);
        _rows = new PostgreSqlRows(_source);
        Naive = new PostgreSqlNaiveCalls(_rows);
    }

    public byte[] Key { get; private set; } = [];

    public INaiveCalls Naive { get; }

    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await _source.InstallAsync(Schema.Read(typeof(PostgreSqlStickers), "Stickers.sql"), cancellation);
        if ((await CountAsync(cancellation)).Stickers < StickerCollection.Count)
        {
            var packs = StickerCollection.Packs;
            var stickers = packs.SelectMany(StickerCollection.Of).ToArray();
            await _rows.RunAsync(
                Fill, cancellation,
                packs.Select(pack => pack.Id).ToArray(), packs.Select(pack => pack.Name).ToArray(),
                stickers.Select(sticker => sticker.Id).ToArray(), stickers.Select(sticker => sticker.Place.Pack).ToArray(),
                stickers.Select(sticker => sticker.Name).ToArray(), stickers.Select(sticker => sticker.Comment).ToArray());
            // A store that was filled a moment ago does not know yet that its indexes are worth it.
            await _rows.RunAsync("ANALYZE packs, stickers", cancellation);
        }

        await _rows.RunAsync(OfferKey, cancellation, RandomNumberGenerator.GetBytes(Seal.KeyBytes));
        Key = (await _rows.ReadAsync("SELECT bytes FROM keys", row => row.GetFieldValue<byte[]>(0), cancellation))[0];
    }

    public Task PingAsync(CancellationToken cancellation) => _source.PingAsync(cancellation);

    // In the order in which a vote takes its locks, so that neither waits for the other for ever.
    public Task ResetAsync(CancellationToken cancellation) => _rows.RunAsync(
        """
        TRUNCATE spent, naive_tokens, naive_sessions, naive_views;
        UPDATE stickers SET plus = 0, minus = 0 WHERE plus > 0 OR minus > 0
        """, cancellation);

    public async Task<Pair> PickAsync(CancellationToken cancellation) =>
        PairOf(await _rows.ReadAsync("SELECT * FROM stickers_pair()", PostgreSqlRows.StickerOf, cancellation));

    public async Task<IReadOnlyList<Sticker>> RankedAsync(bool isBest, int count, CancellationToken cancellation) =>
        await _rows.ReadAsync("SELECT * FROM stickers_ranked($1, $2)", PostgreSqlRows.StickerOf, cancellation, isBest, count);

    public async Task<Voted> VoteAsync(Vote vote, CancellationToken cancellation)
    {
        var rows = await _rows.ReadAsync(
            "SELECT * FROM stickers_vote($1, $2, $3, $4, $5)",
            row => (IsCounted: row.GetBoolean(0), Sticker: PostgreSqlRows.StickerOf(row, 1)),
            cancellation, vote.Token, vote.StickerId, vote.IsPlus, vote.ExpiresUnixSeconds, vote.ForgottenUnixSeconds);
        return new Voted(rows[0].IsCounted, rows[0].Sticker, new Pair(rows[1].Sticker, rows[2].Sticker));
    }

    public async Task<Totals> CountAsync(CancellationToken cancellation) => (await _rows.ReadAsync(
        Count, row => new Totals(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)), cancellation))[0];

    public async Task<IReadOnlyList<Pack>> PacksAsync(CancellationToken cancellation) =>
        await _rows.ReadAsync(
            "SELECT id, name FROM packs ORDER BY id", row => new Pack(row.GetInt32(0), row.GetString(1)), cancellation);

    public async Task<IReadOnlyList<Sticker>> OfPackAsync(int pack, CancellationToken cancellation) =>
        await _rows.ReadAsync($"{Shown} WHERE s.pack = $1 ORDER BY s.id", PostgreSqlRows.StickerOf, cancellation, pack);

    public async Task<Sticker?> FindAsync(int id, CancellationToken cancellation) =>
        (await _rows.ReadAsync($"{Shown} WHERE s.id = $1", PostgreSqlRows.StickerOf, cancellation, id)).FirstOrDefault();

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static Pair PairOf(List<Sticker> stickers) => new(stickers[0], stickers[1]);
}
