using Blobs.TestSupport;
using BlobsServer.Storage;
using BlobsServer.Storage.Addresses;
using BlobsServer.Storage.Remote;
using BlobsServer.Storage.S3;

namespace BlobsServer.Tests.Storage;

/// <summary>Objects of a real Ceph gateway.</summary>
[Trait("Engine", TestStore.RadosGateway)]
public sealed class S3StoreTests : StoreTests, IDisposable
{
    private readonly TempDirectory _directory = new();
    private S3Store? _store;

    public void Dispose()
    {
        _store?.Dispose();
        _directory.Dispose();
    }

    private protected override async ValueTask<IBlobStore> OpenAsync()
    {
        Assert.True(
            StoreAddress.TryParse(await TestStore.MakeAsync(TestStore.RadosGateway), out var address, out var problem), problem);
        var options = new StoreOptions { Durability = Durability.Always, MaxBlobBytes = MaxBlobBytes };
        return _store = await S3Store.OpenAsync(
            (BucketAddress)address, new UnnamedFiles(_directory["spool"]), options, TimeProvider.System, default);
    }
}
