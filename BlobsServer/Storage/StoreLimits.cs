using BlobsServer.Storage.Addresses;

namespace BlobsServer.Storage;

/// <summary>
/// What a store can't do that another can. All of it is here; whoever asks for it is told at the start, before anything is
/// stored (docs/running-as-a-service.md has the same list for people).
/// </summary>
internal static class StoreLimits
{
    private const long MiB = 1024 * 1024;
    private const long DiskMaxBlobBytes = 1024 * MiB;

    /// <summary>What S3 takes in one PUT.</summary>
    private const long S3MaxBlobBytes = 5 * 1024 * MiB;

    /// <summary>A row is in memory several times, on both sides, while it is written.</summary>
    private const long DatabaseMaxBlobBytes = 64 * MiB;

    /// <summary>The largest blob that is taken unless said otherwise; a null address is DIR.</summary>
    public static long DefaultMaxBlobBytes(StoreAddress? address) =>
        address is DatabaseAddress ? DatabaseMaxBlobBytes : DiskMaxBlobBytes;

    /// <summary>Why the store at this address cannot be asked for that; null when it can.</summary>
    public static string? WhyNot(StoreAddress? address, StoreOptions options) => address switch
    {
        BucketAddress when options.QuotaBytes is not null =>
            "--quota-kib is not possible with s3://: a bucket can't count what a user has exactly while several servers write; leave it out, or let the bucket's owner set a quota",
        BucketAddress when options.Durability == Durability.None =>
            "--durability none is not possible with s3://: a bucket answers when a blob is safe, and cannot be asked for less; leave it out",
        BucketAddress when options.MaxBlobBytes > S3MaxBlobBytes => TooLarge(options, "s3://", S3MaxBlobBytes),
        DatabaseAddress when options.MaxBlobBytes > DatabaseMaxBlobBytes =>
            TooLarge(options, "postgresql://", DatabaseMaxBlobBytes),
        _ => null,
    };

    private static string TooLarge(StoreOptions options, string kind, long mostBytes) =>
        $"--max-blob-mib is {options.MaxBlobBytes / MiB}: with {kind} it can be {mostBytes / MiB} at most; keep larger blobs on a disk or in S3";
}
