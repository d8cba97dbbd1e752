using RequestClient.Display;
using StudyResults;

namespace RequestClient;

/// <summary>The whole of one run: measure, record, tell.</summary>
internal static class RunCommand
{
    /// <summary>0 when every operation was right, 1 otherwise.</summary>
    public static async Task<int> RunAsync(RunOptions options, CancellationToken cancellation)
    {
        EnsureRecordable(options.RecordFile);
        var target = await Reachability.FindAsync(options.Url, options.Timeout, cancellation);
        using var measurement = new Measurement(options, target);
        var run = measurement.RunAsync(cancellation);
        await ProgressLine.ShowAsync(run, options, () => measurement.Live);
        var outcome = await run;
        var record = outcome.ToRecord(options);
        if (options.RecordFile is { } file) RunLog.Append(file, record);
        foreach (var line in options.Json ? [RunLog.ToJson(record)] : Summary.Lines(record, outcome)) Console.WriteLine(line);
        // The record counts errors but tells no stories.
        foreach (var line in options.Json ? Summary.ErrorLines(outcome) : []) Console.Error.WriteLine(line);
        return outcome.IsRight ? 0 : 1;
    }

    private static void EnsureRecordable(string? file)
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
