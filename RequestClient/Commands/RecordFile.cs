using StudyResults;

namespace RequestClient.Commands;

/// <summary>The file that --record names.</summary>
internal static class RecordFile
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
            throw new RunFailedException($"--record {file} can't be written ({failure.Message}): name a file in a directory of yours", failure);
        }
    }
}
