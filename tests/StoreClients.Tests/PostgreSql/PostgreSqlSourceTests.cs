using Blobs.TestSupport;
using Npgsql;
using StoreClients.PostgreSql;

namespace StoreClients.Tests.PostgreSql;

/// <summary>Against the real server.</summary>
public sealed class PostgreSqlSourceTests(RunningStores stores)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task InstallAsync_EightAtOnce_OneAfterTheOther()
    {
        var url = StoreUrl.Parse((await stores.OfAsync("postgresql")).Url);
        await using var source = PostgreSqlSource.Open(url, mostConnections: 8, Timeout);
        const string Sql =
            "CREATE TABLE IF NOT EXISTS eight (id int PRIMARY KEY); INSERT INTO eight VALUES (1) ON CONFLICT DO NOTHING";
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostgreSqlSource.InstallAsync(source, Sql, default)));
        await using var count = source.CreateCommand("SELECT count(*) FROM eight");
        Assert.Equal(1L, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task InstallAsync_ThereAlready_WaitsForNobodyWhoWrites()
    {
        var url = StoreUrl.Parse((await stores.OfAsync("postgresql")).Url);
        await using var source = PostgreSqlSource.Open(url, mostConnections: 2, Timeout);
        const string Sql =
            "CREATE TABLE IF NOT EXISTS busy (id int PRIMARY KEY); CREATE INDEX IF NOT EXISTS busy_id ON busy (id)";
        await PostgreSqlSource.InstallAsync(source, Sql, default);
        await using var writer = await source.OpenConnectionAsync();
        await using var writing = await writer.BeginTransactionAsync();
        await using (var write = new NpgsqlCommand("INSERT INTO busy VALUES (1)", writer, writing)) await write.ExecuteNonQueryAsync();
        await PostgreSqlSource.InstallAsync(source, Sql, default);
        await writing.CommitAsync();
    }

    [Fact]
    public async Task InstallAsync_Wrong_NothingOfItStays()
    {
        var url = StoreUrl.Parse((await stores.OfAsync("postgresql")).Url);
        await using var source = PostgreSqlSource.Open(url, mostConnections: 2, Timeout);
        var failure = await Assert.ThrowsAsync<PostgresException>(
            () => PostgreSqlSource.InstallAsync(source, "CREATE TABLE half (id int); SELECT nonsense", default));
        Assert.False(PostgreSqlSource.IsUnavailable(failure));
        await using var half = source.CreateCommand("SELECT to_regclass('half') IS NULL");
        Assert.Equal(true, await half.ExecuteScalarAsync());
    }

    [Fact]
    public async Task IsUnavailable_NobodyThere_Yes()
    {
        var url = StoreUrl.Parse($"postgresql://postgres@127.0.0.1:{FreePorts.Take()}/postgres");
        await using var source = PostgreSqlSource.Open(url, mostConnections: 1, Timeout);
        var failure = await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await source.OpenConnectionAsync());
        Assert.True(PostgreSqlSource.IsUnavailable(failure));
    }
}
