namespace BlobsServer.Storage;

/// <summary>DIR, where there is none yet.</summary>
internal static class MissingDirectory
{
    /// <summary>Makes it with its parents. Throws IOException or UnauthorizedAccessException when it can't.</summary>
    public static void Make(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            // mkdir(2) says ENOENT where directories can't be made at all, as in /proc.
            throw new IOException("it does not exist and no directory can be made there", failure);
        }
    }
}
