using RequestClient.Actions;
using RequestClient.Runs;
using StudyResults;

namespace RequestClient.Ceiling;

/// <summary>Ceilings that were measured before, for the records of runs.</summary>
internal static class CeilingFile
{
    /// <summary>What stands in a ceiling's record where others name the way in, so that nobody takes it for a server's.</summary>
    public const string ProxyNote = "client-ceiling";

    /// <summary>
    /// The last ceiling of the run's action, size, concurrency and threads; null when no file was named, or when the action is a
    /// described one.
    /// </summary>
    /// <exception cref="RunFailedException">The file does not hold it.</exception>
    public static double? Find(RunOptions options)
    {
        if (options.CeilingFile is not { } file || !BuiltInActions.Contains(options.Action)) return null;
        var remedy = $"measure it with 'RequestClient ceiling {options.SizeKiB} --{options.Action.Name} "
            + $"--concurrency {options.Concurrency}"
            + $"{(options.Threads > 1 ? $" --threads {options.Threads}" : "")} --record {file}'";
        try
        {
            var found = RunLog.Read(file).LastOrDefault(record =>
                record.Action == options.Action.Name && record.SizeKiB == options.SizeKiB
                && record.Concurrency == options.Concurrency && (record.Threads ?? 1) == options.Threads
                && record.Proxy == ProxyNote);
            return found is null
                ? throw new RunFailedException(
                    $"--ceiling {file} has none of this action, size, concurrency and threads: {remedy}")
                : found.Operations / found.ElapsedSeconds;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or RunLogException)
        {
            throw new RunFailedException($"--ceiling {file} can't be read ({failure.Message}): {remedy}", failure);
        }
    }
}
