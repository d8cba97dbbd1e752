using System.Security.Cryptography;

namespace BlobsServer.Storage.Remote;

/// <summary>
/// A number drawn for each blob that is put, and kept with it. It tells the blob from a later one of its name, also when that
/// has the same bytes; and who lost the answer to a PUT sees by it whether what is stored is his own.
/// </summary>
internal static class Generation
{
    public static long Draw() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    /// <summary>The blob as its headers tell it.</summary>
    public static StoredBlob Describe(long sizeBytes, DateTimeOffset storedAt, string tag, long generation) =>
        new(sizeBytes, storedAt, tag, $"\"{tag}-{sizeBytes:x}-{generation:x16}\"");
}
