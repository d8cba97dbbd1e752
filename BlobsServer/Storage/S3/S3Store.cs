using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using BlobsServer.Storage.Addresses;
using BlobsServer.Storage.Remote;

namespace BlobsServer.Storage.S3;

/// <summary>
/// Blobs as objects of a bucket, which any number of processes on any number of machines may serve at the same time.
/// </summary>
internal sealed class S3Store : IBlobStore, IDisposable
{
    private readonly Bucket _bucket;
    private readonly BlobUpload _upload;
    private readonly BlobDownload _download;
    private readonly BlobFlags _flags;
    private readonly BlobDeletion _deletion;
    private readonly BlobListing _listing;

    private S3Store(Bucket bucket, StoreOptions options, UnnamedFiles files, TimeProvider time)
    {
        _bucket = bucket;
        _upload = new BlobUpload(bucket, files, options.MaxBlobBytes, time);
        _download = new BlobDownload(bucket);
        _flags = new BlobFlags(bucket);
        _deletion = new BlobDeletion(bucket);
        _listing = new BlobListing(bucket, _flags);
        MaxBlobBytes = options.MaxBlobBytes;
    }

    public long MaxBlobBytes { get; }

    /// <summary>
    /// Makes the bucket when it is missing. Throws StoreException when it can't be used, NotSupportedException when this S3
    /// would let two blobs have one name.
    /// </summary>
    /// <param name="address">Where.</param>
    /// <param name="files">Where bodies wait.</param>
    /// <param name="options">What is asked of the store.</param>
    /// <param name="time">The clock that blobs are dated by.</param>
    /// <param name="cancellationToken">Not wanted any more.</param>
    public static async ValueTask<S3Store> OpenAsync(
        BucketAddress address, UnnamedFiles files, StoreOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var bucket = new Bucket(address);
        try
        {
            await MakeAsync(bucket, cancellationToken);
            var store = new S3Store(bucket, options, files, time);
            await store.ProbeAsync(cancellationToken);
            if (await bucket.ChangeAsync((client, patience) => IsTakenAnewAsync(client, bucket, patience), cancellationToken))
            {
                throw new NotSupportedException(
                    "it stores a second object under a name in spite of If-None-Match: *; use one that has conditional writes");
            }

            return store;
        }
        catch
        {
            bucket.Dispose();
            throw;
        }
    }

    public ValueTask<PutResult> PutAsync(PutRequest request, CancellationToken cancellationToken) =>
        _upload.PutAsync(request, cancellationToken);

    public async ValueTask<StoredBlob?> FindAsync(BlobName name, CancellationToken cancellationToken) =>
        (await _bucket.FindAsync(ObjectKeys.Blob(name), cancellationToken))?.Blob;

    public ValueTask<IOpenBlob?> OpenAsync(BlobName name, CancellationToken cancellationToken) =>
        _download.OpenAsync(name, cancellationToken);

    public ValueTask<byte[]?> ReadFlagsAsync(BlobName name, CancellationToken cancellationToken) =>
        _flags.ReadAsync(name, cancellationToken);

    public ValueTask<bool> ReplaceFlagsAsync(BlobName name, byte[] flags, CancellationToken cancellationToken) =>
        _flags.ReplaceAsync(name, flags, cancellationToken);

    public ValueTask<DeleteOutcome> DeleteAsync(BlobName name, EntityTags? ifMatch, CancellationToken cancellationToken) =>
        _deletion.DeleteAsync(name, ifMatch, cancellationToken);

    public IAsyncEnumerable<NameList> ListAsync(ListQuery query, CancellationToken cancellationToken) =>
        _listing.ListAsync(query, cancellationToken);

    public ValueTask<long> CountAsync(ListQuery query, CancellationToken cancellationToken) =>
        _listing.CountAsync(query, cancellationToken);

    public async ValueTask ProbeAsync(CancellationToken cancellationToken) =>
        await _bucket.ChangeAsync(
            (client, patience) => client.PutObjectAsync(ProbeRequest(_bucket), patience), cancellationToken);

    public void Dispose() => _bucket.Dispose();

    private static PutObjectRequest ProbeRequest(Bucket bucket) =>
        new() { BucketName = bucket.Name, Key = ObjectKeys.Probe, ContentBody = "ready?" };

    /// <summary>Several servers may start at once: who comes second finds that the bucket is his own already.</summary>
    private static ValueTask<bool> MakeAsync(Bucket bucket, CancellationToken cancellationToken) =>
        bucket.ReadAsync(
            async (client, patience) =>
            {
                try
                {
                    await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket.Name, MaxKeys = 1 }, patience);
                    return false;
                }
                catch (AmazonS3Exception failure) when (failure.StatusCode == HttpStatusCode.NotFound)
                {
                    try
                    {
                        await client.PutBucketAsync(new PutBucketRequest { BucketName = bucket.Name }, patience);
                    }
                    catch (AmazonS3Exception second) when (second.StatusCode == HttpStatusCode.Conflict)
                    {
                        // what it says is not "yours", the first PUT of a blob will
                    }

                    return true;
                }
            },
            cancellationToken);

    private static async Task<bool> IsTakenAnewAsync(AmazonS3Client client, Bucket bucket, CancellationToken cancellationToken)
    {
        var again = ProbeRequest(bucket);
        again.IfNoneMatch = "*";
        try
        {
            await client.PutObjectAsync(again, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception failure) when (failure.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            return false;
        }
        catch (AmazonS3Exception failure) when (failure.StatusCode == HttpStatusCode.NotImplemented)
        {
            return true;
        }
    }
}
