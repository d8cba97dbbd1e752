using Blobs.TestSupport;
using BlobsServer.Storage;
using BlobsServer.Storage.PostgreSql;
using BlobsServer.Storage.Remote;
using StoreClients;

namespace BlobsServer.Tests.Storage;

/// <summary>Rows of a real PostgreSQL.</summary>
[Trait("Store", "any")]
public sealed class PostgreSqlStoreTests : StoreTests, IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private PostgreSqlStore? _store;

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
        _directory.Dispose();
    }

    private protected override async ValueTask<IBlobStore> OpenAsync()
    {
        var url = StoreUrl.Parse(await TestStore.MakeAsync(TestStore.PostgreSql));
        var options = new StoreOptions { Durability = Durability.Always, MaxBlobBytes = MaxBlobBytes };
        return _store = await PostgreSqlStore.OpenAsync(url, new UnnamedFiles(_directory["spool"]), options, default);
    }
}
