using Amazon.S3;
using Amazon.S3.Model;

namespace BlobsServer.Storage.S3;

/// <summary>
/// Deleting: a tombstone first, then the blob, then its flags. S3 does not say whether a DELETE found anything, so of two that
/// race both may have deleted.
/// </summary>
internal sealed class BlobDeletion(Bucket bucket)
{
    public async ValueTask<DeleteOutcome> DeleteAsync(BlobName name, EntityTags? ifMatch, CancellationToken cancellationToken)
    {
        var key = ObjectKeys.Blob(name);
        if (await bucket.FindAsync(key, cancellationToken) is not { } found) return DeleteOutcome.NotFound;
        if (ifMatch?.Match(found.Blob.ETag) == false) return DeleteOutcome.NotMatched;
        await bucket.ChangeAsync(
            (client, patience) => client.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket.Name,
                    Key = ObjectKeys.Tombstone(name),
                    InputStream = Stream.Null,
                }, patience),
            cancellationToken);
        if (!await TryDeleteAsync(key, found.ObjectETag, cancellationToken)) return DeleteOutcome.NotFound;
        await TryDeleteAsync(ObjectKeys.Flags(name, found.Generation), null, cancellationToken);
        return DeleteOutcome.Deleted;
    }

    /// <summary>
    /// False when another has its name now. Only some gateways look at the ETag: Amazon's does, Ceph 16 does not.
    /// </summary>
    private ValueTask<bool> TryDeleteAsync(string key, string? objectETag, CancellationToken cancellationToken) =>
        bucket.ChangeAsync(
            async (client, patience) =>
            {
                try
                {
                    await client.DeleteObjectAsync(
                        new DeleteObjectRequest { BucketName = bucket.Name, Key = key, IfMatch = objectETag }, patience);
                    return true;
                }
                catch (AmazonS3Exception failure) when (Bucket.IsTaken(failure) || Bucket.IsMissing(failure))
                {
                    return false;
                }
            },
            cancellationToken);
}
