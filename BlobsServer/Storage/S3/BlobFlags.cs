using Amazon.S3.Model;

namespace BlobsServer.Storage.S3;

/// <summary>Flags: an object beside the blob, for this generation of it; one whole value at any time.</summary>
internal sealed class BlobFlags(Bucket bucket)
{
    /// <summary>The flags as stored, "[]" when none were set; null when there is no blob.</summary>
    public async ValueTask<byte[]?> ReadAsync(BlobName name, CancellationToken cancellationToken)
    {
        var found = await bucket.FindAsync(ObjectKeys.Blob(name), cancellationToken);
        while (found is not null)
        {
            if (await ReadAsync(ObjectKeys.Flags(name, found.Generation), cancellationToken) is { } flags) return flags;
            // None, or gone with their blob since we looked.
            var again = await bucket.FindAsync(ObjectKeys.Blob(name), cancellationToken);
            if (again?.Generation == found.Generation) return "[]"u8.ToArray();
            found = again;
        }

        return null;
    }

    /// <summary>Replaces the flags; false when there is no blob.</summary>
    public async ValueTask<bool> ReplaceAsync(BlobName name, byte[] flags, CancellationToken cancellationToken)
    {
        if (await bucket.FindAsync(ObjectKeys.Blob(name), cancellationToken) is not { } found) return false;
        await bucket.ChangeAsync(
            (client, patience) => client.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket.Name,
                    Key = ObjectKeys.Flags(name, found.Generation),
                    InputStream = new MemoryStream(flags, writable: false),
                    ContentType = "application/json",
                },
                patience),
            cancellationToken);
        return true;
    }

    private async ValueTask<byte[]?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        using var response = await BlobDownload.GetAsync(
            bucket, new GetObjectRequest { BucketName = bucket.Name, Key = key }, cancellationToken);
        if (response is null) return null;
        var flags = new byte[response.ContentLength];
        await ObjectBytes.ReadExactlyAsync(response.ResponseStream, flags, cancellationToken);
        return flags;
    }
}
