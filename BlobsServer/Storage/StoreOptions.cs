namespace BlobsServer.Storage;

/// <summary>What every store is asked for. A store that cannot keep one of these refuses to open and says why.</summary>
internal sealed record StoreOptions
{
    public required Durability Durability { get; init; }

    public required long MaxBlobBytes { get; init; }

    /// <summary>What the blobs of one user may take together, see <see cref="QuotaCharge"/>; null for no limit.</summary>
    public long? QuotaBytes { get; init; }
}
