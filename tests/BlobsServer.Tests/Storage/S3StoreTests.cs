using Amazon.S3.Model;
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
    private BucketAddress? _address;
    private S3Store? _store;

    /// <summary>A POST of flags that meets a DELETE may be the last to write: what it wrote is the deleted blob's.</summary>
    [Fact]
    public async Task Flags_that_are_written_when_their_blob_has_gone_are_not_its_successors()
    {
        var store = await OpenAsync();
        using var bucket = new Bucket(_address!);
        await PutAsync(store, Name("id"), [1]);
        await store.ReplaceFlagsAsync(Name("id"), """["FAILED"]"""u8.ToArray(), CancellationToken.None);
        var key = Assert.Single(await FlagsKeysAsync());
        await store.DeleteAsync(Name("id"), ifMatch: null, CancellationToken.None);
        Assert.Empty(await FlagsKeysAsync());
        var late = new PutObjectRequest { BucketName = bucket.Name, Key = key, ContentBody = """["FAILED"]""" };
        await bucket.ChangeAsync((client, patience) => client.PutObjectAsync(late, patience), CancellationToken.None);
        await PutAsync(store, Name("id"), [1]);
        Assert.Equal("[]"u8.ToArray(), await store.ReadFlagsAsync(Name("id"), CancellationToken.None));

        async Task<string[]> FlagsKeysAsync()
        {
            var request = new ListObjectsV2Request { BucketName = bucket.Name, Prefix = "flags/" };
            var page = await bucket.ReadAsync(
                (client, patience) => client.ListObjectsV2Async(request, patience), CancellationToken.None);
            return [.. (page.S3Objects ?? []).Select(found => found.Key)];
        }
    }

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
        _address = (BucketAddress)address;
        return _store = await S3Store.OpenAsync(
            _address, new UnnamedFiles(_directory["spool"]), options, TimeProvider.System, default);
    }
}
