namespace BlobsServer.Storage;

/// <summary>What a blob costs of its user's quota.</summary>
internal static class QuotaCharge
{
    /// <summary>An empty blob takes room too: a name, an inode or a row. Else a million of them would be free.</summary>
    public const long LeastBytes = 1024;

    public static long Of(long sizeBytes) => Math.Max(sizeBytes, LeastBytes);
}
