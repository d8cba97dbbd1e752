using StudyResults;

namespace RequestClient.Commands;

/// <summary>The files that a run writes, looked at before it: that they can't be is better known then than after it.</summary>
internal static class OutputFiles
{
    /// <exception cref="RunFailedException">The file of records can't be written.</exception>
    public static void EnsureWritable(string? recordFile)
    {
        if (recordFile is not null) Try("--record", recordFile, RunLog.EnsureWritable);
    }

    /// <exception cref="RunFailedException">A table of percentiles can't be written.</exception>
    public static void EnsureWritable(IEnumerable<string> percentileFiles)
    {
        foreach (var file in percentileFiles) Try("--hgrm", file, OpenAndLeaveNothing);
    }

    private static void OpenAndLeaveNothing(string file)
    {
        var isNew = !File.Exists(file);
        File.OpenHandle(file, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
        if (isNew) File.Delete(file);
    }

    private static void Try(string option, string file, Action<string> open)
    {
        try
        {
            open(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException(
                $"{option} {file} can't be written ({failure.Message}): name a file in a folder of yours", failure);
        }
    }
}
