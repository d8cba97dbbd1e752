namespace StudyPlan.Studies;

/// <summary>
/// Whether a folder can hold files, found by trying: neither its parents nor permission bits tell of /proc, of a read-only file
/// system, or of what root may do. Whatever the trial made is gone after it.
/// </summary>
internal static class FolderTrial
{
    /// <summary>Why it can't; null when it can.</summary>
    public static string? FindProblem(string folder)
    {
        var made = Missing(Path.GetFullPath(folder)).ToList();
        var probe = Path.Combine(folder, $".run-test-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure.Message.TrimEnd('.');
        }
        finally
        {
            Remove(made.Where(Directory.Exists));
        }
    }

    /// <summary>The folder and those above it that are not there, from the innermost on.</summary>
    private static IEnumerable<string> Missing(string? folder)
    {
        for (; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder)) yield return folder;
    }

    private static void Remove(IEnumerable<string> folders)
    {
        try
        {
            foreach (var folder in folders) Directory.Delete(folder);
        }
        catch (IOException)
        {
            // Somebody else has put something there meanwhile, and needs the folders above it too.
        }
    }
}
