namespace MultiProc.Configuration;

/// <summary>
/// Whether files can be made in a folder. Permission bits do not tell of read-only file systems, or of root: it writes one.
/// </summary>
internal static class FolderCheck
{
    /// <summary>
    /// Makes the folder where it is not there, but not what it should be in: a mistyped path must not become a tree that
    /// nobody looks for. What went wrong, or null.
    /// </summary>
    public static string? FindProblem(string folder, UnixFileMode? mode = null)
    {
        if (Path.GetDirectoryName(folder) is { } parent && !Directory.Exists(parent))
            return $"can't make {folder}: {parent} is not there";
        try
        {
            if (mode is { } given) Directory.CreateDirectory(folder, given);
            else Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".multiproc-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"can't write in {folder}: {exception.Message.TrimEnd('.')}";
        }
    }
}
