using System.Buffers;
using Amazon.S3;
using Amazon.S3.Model;
using BlobsServer.Storage.Remote;

namespace BlobsServer.Storage.S3;

/// <summary>Opening a blob: one GET. A small one comes whole, a large one as it is read.</summary>
internal sealed class BlobDownload(Bucket bucket)
{
    public async ValueTask<IOpenBlob?> OpenAsync(BlobName name, CancellationToken cancellationToken)
    {
        var key = ObjectKeys.Blob(name);
        var response = await GetAsync(bucket, new GetObjectRequest { BucketName = bucket.Name, Key = key }, cancellationToken);
        if (response is null) return null;
        var isTaken = false;
        try
        {
            var found = StoredObject.Of(response.Metadata, response.ContentLength, response.ETag);
            if (found.Blob.SizeBytes <= WholeBody.MaxMemoryBytes)
                return await ReadAsync(found.Blob, response.ResponseStream, cancellationToken);
            isTaken = true;
            return new StreamedObject(bucket, key, found, response);
        }
        finally
        {
            if (!isTaken) response.Dispose();
        }
    }

    /// <summary>Null when there is no such object.</summary>
    public static ValueTask<GetObjectResponse?> GetAsync(
        Bucket bucket, GetObjectRequest request, CancellationToken cancellationToken) =>
        bucket.ReadAsync(
            async (client, patience) =>
            {
                try
                {
                    return await client.GetObjectAsync(request, patience);
                }
                catch (AmazonS3Exception failure) when (Bucket.IsMissing(failure) || Bucket.IsTaken(failure))
                {
                    return null;
                }
            },
            cancellationToken);

    private static async ValueTask<MemoryBlob> ReadAsync(StoredBlob blob, Stream stream, CancellationToken cancellationToken)
    {
        var size = (int)blob.SizeBytes;
        var bytes = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            await ObjectBytes.ReadExactlyAsync(stream, bytes.AsMemory(0, size), cancellationToken);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(bytes);
            throw;
        }

        return new MemoryBlob(blob, bytes);
    }
}
