using System.Security.Cryptography;
using Blobs.TestSupport;
using BlobsServer.Storage;
using BlobsServer.Storage.PostgreSql;
using BlobsServer.Storage.Remote;
using Npgsql;
using StoreClients;

namespace BlobsServer.Tests.Storage;

/// <summary>Rows of a real PostgreSQL.</summary>
[Trait("Store", "any")]
public sealed class PostgreSqlStoreTests : StoreTests, IAsyncDisposable
{
    private const string IsAnother = "datname = current_database() AND pid <> pg_backend_pid()";

    private readonly TempDirectory _directory = new();
    private PostgreSqlStore? _store;
    private StoreUrl? _url;

    [Fact]
    public async Task Of_many_that_come_at_once_each_is_stored_as_it_came_and_names_have_one_winner()
    {
        var store = await OpenAsync();
        var bodies = Enumerable.Range(0, 300).Select(index => RandomNumberGenerator.GetBytes(index * 7)).ToArray();
        // Three bodies race for each name.
        var puts = await Task.WhenAll(bodies.Select((body, index) => PutAsync(store, Name($"id-{index % 100}"), body)));
        for (var id = 0; id < 100; id++)
        {
            var winner = Assert.Single(new[] { id, id + 100, id + 200 }, index => puts[index].Outcome == PutOutcome.Stored);
            Assert.All(new[] { id, id + 100, id + 200 }, index => Assert.Equal(puts[winner].Blob, puts[index].Blob));
            await using var blob = await store.OpenAsync(Name($"id-{id}"), CancellationToken.None);
            Assert.Equal(bodies[winner], await ReadAsync(blob!, 0, bodies[winner].Length));
        }
    }

    [Fact]
    public async Task A_row_that_the_database_refuses_takes_no_other_with_it()
    {
        var store = await OpenAsync();
        await RunAsync(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON blobs FOR EACH ROW WHEN (NEW.id = 'id-50') EXECUTE FUNCTION refuse();
            """);
        var puts = Enumerable.Range(0, 100).Select(index => PutAsync(store, Name($"id-{index}"), [(byte)index])).ToArray();
        var refusal = await Assert.ThrowsAsync<StoreException>(() => puts[50]);
        Assert.Equal(StoreFailure.Broken, refusal.Failure);
        for (var index = 0; index < puts.Length; index++)
        {
            if (index != 50) Assert.Equal(PutOutcome.Stored, (await puts[index]).Outcome);
        }
    }

    /// <summary>Whatever the database's default is: answered rows would be lost when it is killed.</summary>
    [Fact]
    public async Task What_is_stored_is_committed_before_the_answer()
    {
        _url = StoreUrl.Parse(await TestStore.MakeAsync(TestStore.PostgreSql));
        await RunAsync($"ALTER DATABASE {_url.Database} SET synchronous_commit = off");
        var store = await OpenAsync(_url);
        await RunAsync(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not for sure'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON blobs FOR EACH ROW
                WHEN (current_setting('synchronous_commit') <> 'on') EXECUTE FUNCTION refuse();
            """);
        Assert.Equal(PutOutcome.Stored, (await PutAsync(store, Name("id"), [1])).Outcome);
    }

    /// <summary>Between looking at the blob and deleting it another takes its place: here while DELETE waits.</summary>
    [Fact]
    public async Task A_blob_that_takes_the_place_of_the_one_that_is_meant_is_not_deleted()
    {
        var store = await OpenAsync();
        var put = await PutAsync(store, Name("id"), [1]);
        var replacing = RunAsync("UPDATE blobs SET generation = generation + 1; SELECT pg_sleep(2);");
        await Eventually.HoldsAsync(
            async () => await CountAsync(
                "SELECT count(*) FROM pg_locks WHERE mode = 'RowExclusiveLock' AND relation = 'blobs'::regclass") > 0,
            () => "nothing is replaced", TimeSpan.FromSeconds(20));
        var outcome = await store.DeleteAsync(Name("id"), new EntityTags(false, [put.Blob!.ETag]), CancellationToken.None);
        await replacing;
        Assert.Equal(DeleteOutcome.NotFound, outcome);
        Assert.NotNull(await store.FindAsync(Name("id"), CancellationToken.None));
    }

    /// <summary>After a restart of the database all that lie idle are dead. Npgsql drops them when it meets the first.</summary>
    [Fact]
    public async Task One_dead_connection_tells_of_the_others()
    {
        var store = await OpenAsync();
        await PutAsync(store, Name("id"), [1]);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => store.FindAsync(Name("id"), CancellationToken.None).AsTask()));
        Assert.True(await CountOthersAsync() > 2, "there are no idle connections");
        await RunAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {IsAnother}");
        await Eventually.HoldsAsync(
            async () => await CountOthersAsync() == 0, () => "connections outlive their end", TimeSpan.FromSeconds(20));
        Assert.NotNull(await store.FindAsync(Name("id"), CancellationToken.None));
        // A change is asked for once, so it needs a connection that lives.
        Assert.Equal(PutOutcome.Stored, (await PutAsync(store, Name("other"), [2])).Outcome);
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
        _directory.Dispose();
    }

    private protected override async ValueTask<IBlobStore> OpenAsync()
    {
        _url = StoreUrl.Parse(await TestStore.MakeAsync(TestStore.PostgreSql));
        return await OpenAsync(_url);
    }

    private async ValueTask<IBlobStore> OpenAsync(StoreUrl url)
    {
        var options = new StoreOptions { Durability = Durability.Always, MaxBlobBytes = MaxBlobBytes };
        return _store = await PostgreSqlStore.OpenAsync(url, new UnnamedFiles(_directory["spool"]), options, default);
    }

    private async Task RunAsync(string sql)
    {
        await using var source = Source();
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var source = Source();
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private Task<long> CountOthersAsync() => CountAsync($"SELECT count(*) FROM pg_stat_activity WHERE {IsAnother}");

    private NpgsqlDataSource Source() => NpgsqlDataSource.Create(
        $"Host={_url!.Host};Port={_url.Port};Username={_url.User};Database={_url.Database};Pooling=false");
}
