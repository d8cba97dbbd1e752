using Blobs.TestSupport;
using Npgsql;

namespace BlobsServer.Tests.Stores;

/// <summary>What a store can't do is refused at the start, in one line that says what to do (StoreLimits).</summary>
[Trait("Store", "any")]
public sealed class StoreLimitTests
{
    [Theory]
    [InlineData("s3://mail?endpoint=http://127.0.0.1:1", "--quota-kib 100", "--quota-kib is not possible with s3://")]
    [InlineData("s3://mail?endpoint=http://127.0.0.1:1", "--durability none", "--durability none is not possible with s3://")]
    [InlineData("s3://mail?endpoint=http://127.0.0.1:1", "--max-blob-mib 5121", "it can be 5120 at most")]
    [InlineData("postgresql://postgres@127.0.0.1:1/postgres", "--max-blob-mib 65", "it can be 64 at most")]
    public Task What_it_cannot_do_is_said(string store, string options, string said) =>
        RefusesAsync(1, said, ["--store", store, .. options.Split(' ')]);

    [Theory]
    [InlineData("redis://127.0.0.1:1")]
    [InlineData("s3://key:secret@mail")]
    public Task What_is_no_store_is_bad_usage(string store) => RefusesAsync(2, "--store", ["--store", store]);

    [Fact]
    public async Task A_database_that_does_not_sync_is_refused_unless_that_is_asked_for()
    {
        await using var careless = await RunningStore.StartAsync(TestStore.PostgreSql, durability: "none");
        await RefusesAsync(1, "fsync=off", ["--store", careless.Url]);
        await using var server = await RunningServer.StartAsync("--store", careless.Url, "--durability", "none");
    }

    [Fact]
    public async Task A_database_that_may_tear_its_pages_is_refused_too()
    {
        await using var careless = await RunningStore.StartAsync(TestStore.PostgreSql, durability: "always");
        await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={careless.Port};Username=postgres;Pooling=false");
        foreach (var sql in new[] { "ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()" })
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        await Eventually.HoldsAsync(
            async () =>
            {
                await using var command = source.CreateCommand("SHOW full_page_writes");
                return (string)(await command.ExecuteScalarAsync())! == "off";
            },
            () => "full_page_writes is on", TimeSpan.FromSeconds(20));
        await RefusesAsync(1, "full_page_writes=off", ["--store", careless.Url]);
    }

    [Fact]
    public Task A_store_that_is_away_is_said_within_seconds() =>
        RefusesAsync(1, "cannot use the store", ["--store", $"postgresql://postgres@127.0.0.1:{FreePorts.Take()}/postgres"]);

    private static async Task RefusesAsync(int status, string said, string[] options)
    {
        using var directory = new TempDirectory();
        var (exitCode, _, error) = await ChildProcess.RunAsync(
            Repository.Program("BlobsServer"), [directory["blobs"], $"{FreePorts.Take()}", .. options]);
        Assert.Equal(status, exitCode);
        Assert.Contains(said, error);
        Assert.Single(error.TrimEnd('\n').Split('\n'), line => line.Contains(said, StringComparison.Ordinal));
    }
}
