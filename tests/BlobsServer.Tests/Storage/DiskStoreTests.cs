using Blobs.TestSupport;
using BlobsServer.Storage;
using BlobsServer.Storage.Disk;

namespace BlobsServer.Tests.Storage;

/// <summary>A directory, synced.</summary>
[Trait("Store", "any")]
public sealed class DiskStoreTests : StoreTests, IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private protected override ValueTask<IBlobStore> OpenAsync()
    {
        var options = new StoreOptions { Durability = Durability.Always, MaxBlobBytes = MaxBlobBytes };
        return new(DiskStore.Open(_directory["blobs"], options, maxThreads: 8, TimeProvider.System));
    }
}
