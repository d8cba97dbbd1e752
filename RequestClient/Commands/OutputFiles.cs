using StudyResults;

namespace RequestClient.Commands;

/// <summary>The files that a run writes, looked at before it.</summary>
internal static class OutputFiles
{
    /// <exception cref="RunFailedException">It can't be written, which is better known before the run than after it.</exception>
    public static void EnsureWritable(string? file)
    {
        try
        {
            if (file is not null) RunLog.EnsureWritable(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unwritable("--record", file!, failure.Message, failure);
        }
    }

    /// <exception cref="RunFailedException">The folder of the percentile tables is not there.</exception>
    public static void EnsureFolder(string? percentilesFile)
    {
        if (percentilesFile is not { } file || Path.GetDirectoryName(Path.GetFullPath(file)) is not { } folder) return;
        if (!Directory.Exists(folder)) throw Unwritable("--hgrm", file, $"there is no folder {folder}");
    }

    private static RunFailedException Unwritable(string option, string file, string reason, Exception? cause = null) =>
        new($"{option} {file} can't be written ({reason}): name a file in a folder of yours", cause);
}
