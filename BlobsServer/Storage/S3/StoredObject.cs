using System.Globalization;
using Amazon.S3.Model;

namespace BlobsServer.Storage.S3;

/// <summary>A blob as the bucket has it.</summary>
/// <param name="Blob">For its headers.</param>
/// <param name="Generation">See <see cref="Remote.Generation"/>.</param>
/// <param name="ObjectETag">S3's own, of the bytes alone.</param>
internal sealed record StoredObject(StoredBlob Blob, long Generation, string ObjectETag)
{
    private const string GenerationKey = "blob-generation";
    private const string TagKey = "blob-tag";
    private const string StoredKey = "blob-stored";

    /// <summary>Writes what only we know of a blob to the object's metadata.</summary>
    public static void Describe(MetadataCollection metadata, StoredBlob blob, long generation)
    {
        metadata[GenerationKey] = generation.ToString("x16", CultureInfo.InvariantCulture);
        metadata[TagKey] = blob.Tag;
        metadata[StoredKey] = (blob.LastModified.UtcTicks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);
    }

    public static StoredObject Of(MetadataCollection metadata, long sizeBytes, string objectETag)
    {
        if (!long.TryParse(metadata[GenerationKey], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var generation)
            || !long.TryParse(metadata[StoredKey], NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds))
        {
            throw new StoreException(
                StoreFailure.Broken, "S3: an object below blobs/ was not stored by this server: it lacks our metadata");
        }

        var storedAt = new DateTimeOffset(microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        var blob = Remote.Generation.Describe(sizeBytes, storedAt, metadata[TagKey] ?? "", generation);
        return new StoredObject(blob, generation, objectETag);
    }
}
