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

    /// <exception cref="RunFailedException">A table of percentiles can't be written.</exception>
    public static void EnsureWritable(IEnumerable<string> percentileFiles)
    {
        foreach (var file in percentileFiles)
        {
            try
            {
                var isNew = !File.Exists(file);
                File.OpenHandle(file, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
                if (isNew) File.Delete(file);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw Unwritable("--hgrm", file, failure.Message, failure);
            }
        }
    }

    private static RunFailedException Unwritable(string option, string file, string reason, Exception? cause = null) =>
        new($"{option} {file} can't be written ({reason}): name a file in a folder of yours", cause);
}
