using BlobsServer.Storage;
using BlobsServer.Storage.Disk;

namespace BlobsServer.Tests.Storage;

/// <summary>A directory in memory, not synced: nothing waits, so that much completes at once.</summary>
[Trait("Store", "any")]
public sealed class MemoryDiskStoreTests : StoreTests, IDisposable
{
    private readonly string _directory = $"/dev/shm/blobs-store-test-{Guid.NewGuid():N}";

    public void Dispose()
    {
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }

    private protected override ValueTask<IBlobStore> OpenAsync()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "there is no /dev/shm");
        var options = new StoreOptions { Durability = Durability.None, MaxBlobBytes = MaxBlobBytes };
        return new(DiskStore.Open(_directory, options, maxThreads: 8, TimeProvider.System));
    }
}
