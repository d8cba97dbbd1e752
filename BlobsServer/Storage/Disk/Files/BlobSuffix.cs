namespace BlobsServer.Storage.Disk.Files;

/// <summary>What lies beside a blob. No id has a dot, so none of these can be taken for one.</summary>
internal static class BlobSuffix
{
    public const string FlagsText = ".flags";
    public const string DeletedText = ".deleted";

    public static ReadOnlySpan<byte> Flags => ".flags"u8;

    public static ReadOnlySpan<byte> Deleted => ".deleted"u8;
}
