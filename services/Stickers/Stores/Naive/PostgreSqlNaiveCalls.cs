using Stickers.Collection;

namespace Stickers.Stores.Naive;

/// <summary>The same calls as statements.</summary>
internal sealed class PostgreSqlNaiveCalls(PostgreSqlRows rows) : INaiveCalls
{
    private const string Random =
        """
        SELECT s.id, p.name, s.name, s.comment, s.plus, s.minus, s.rating FROM stickers s JOIN packs p ON p.id = s.pack
        WHERE s.id = (SELECT 1 + floor(random() * (SELECT max(id) FROM stickers))::integer)
        """;

    private const string KeepSession =
        "INSERT INTO naive_sessions VALUES ($1, $2, 1) ON CONFLICT (id) DO UPDATE SET views = naive_sessions.views + 1";

    private const string CountView =
        "INSERT INTO naive_views VALUES ($1, 1) ON CONFLICT (page) DO UPDATE SET views = naive_views.views + 1";

    public async Task<Sticker> RandomAsync(CancellationToken cancellation) =>
        (await rows.ReadAsync(Random, PostgreSqlRows.StickerOf, cancellation))[0];

    public async Task<string> TokenAsync(int stickerId, CancellationToken cancellation) =>
        (await rows.ReadAsync(
            "SELECT md5($1::text || clock_timestamp() || random())", row => row.GetString(0), cancellation, $"{stickerId}"))[0];

    public Task KeepTokenAsync(string token, int stickerId, CancellationToken cancellation) =>
        rows.RunAsync("INSERT INTO naive_tokens VALUES ($1, $2) ON CONFLICT DO NOTHING", cancellation, token, stickerId);

    public async Task<Guid> SessionAsync(CancellationToken cancellation) =>
        (await rows.ReadAsync("SELECT gen_random_uuid()", row => row.GetGuid(0), cancellation))[0];

    public Task KeepSessionAsync(Guid session, string agent, CancellationToken cancellation) =>
        rows.RunAsync(KeepSession, cancellation, session, agent);

    public Task CountViewAsync(string page, CancellationToken cancellation) => rows.RunAsync(CountView, cancellation, page);

    public async Task<IReadOnlyList<Sticker>> RankedAsync(bool isBest, int count, CancellationToken cancellation) =>
        await rows.ReadAsync("SELECT * FROM stickers_ranked($1, $2)", PostgreSqlRows.StickerOf, cancellation, isBest, count);
}
