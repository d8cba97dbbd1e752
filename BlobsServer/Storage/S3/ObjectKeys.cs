using System.Globalization;

namespace BlobsServer.Storage.S3;

/// <summary>Which object is what. Names have no slash, so no two of them share a key, and keys sort as ids do.</summary>
internal static class ObjectKeys
{
    /// <summary>Written to see whether the bucket takes anything.</summary>
    public const string Probe = "probe";

    public static string Blob(BlobName name) => Blobs(name.User, name.Namespace) + name.Id;

    /// <summary>Flags belong to one blob, and not to the next that gets its name.</summary>
    public static string Flags(BlobName name, long generation) =>
        string.Create(CultureInfo.InvariantCulture, $"{Flags(name.User, name.Namespace)}{name.Id}/{generation:x16}");

    public static string Tombstone(BlobName name) => Tombstones(name.User, name.Namespace) + name.Id;

    public static string Blobs(string user, string blobNamespace) => $"blobs/{user}/{blobNamespace}/";

    public static string Flags(string user, string blobNamespace) => $"flags/{user}/{blobNamespace}/";

    public static string Tombstones(string user, string blobNamespace) => $"deleted/{user}/{blobNamespace}/";
}
