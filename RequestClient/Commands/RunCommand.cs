using RequestClient.Ceiling;
using RequestClient.Display;
using RequestClient.Metering;
using RequestClient.Net;
using RequestClient.Runs;
using StudyResults;

namespace RequestClient.Commands;

/// <summary>The whole of one run: measure, record, tell.</summary>
internal static class RunCommand
{
    /// <summary>0 when it ran as asked for and every operation was right, or errors are allowed; 1 otherwise.</summary>
    public static async Task<int> RunAsync(RunOptions options, CancellationToken cancellation)
    {
        OutputFiles.EnsureWritable(options.RecordFile);
        if (options.PercentilesFile is { } file) OutputFiles.EnsureWritable(PercentileTable.FileNames(file, options));
        var ceiling = CeilingFile.Find(options);
        var target = await Reachability.FindAsync(options.Url, cancellation);
        using var control = options.ControlPath is { } path ? new ControlSocket(path) : null;
        using var measurement = new Measurement(options, target, control);
        if (options.Objectives is { } objectives)
            return await new FindMaxCommand(options, objectives, measurement, cancellation).RunAsync();

        LiveLine.Prepare(options, measurement);
        var run = MeasureAsync(measurement, options, cancellation);
        await LiveLine.ShowAsync(run, options, measurement);
        var outcome = await run;
        var record = outcome.ToRecord(options) with { ClientCeilingPerSecond = ceiling };
        Tell(options, outcome, record);
        if (outcome.Invalid.Count > 0) return 1;
        return outcome.IsRight || (options.AllowErrors && outcome.Window.GaveUp is null) ? 0 : 1;
    }

    /// <summary>Records the run and shows it, in whatever ways were asked for.</summary>
    public static void Tell(RunOptions options, RunOutcome outcome, RunRecord record)
    {
        if (options.RecordFile is { } file) RunLog.Append(file, record);
        if (options.PercentilesFile is { } percentiles) PercentileTable.WriteFiles(percentiles, options.Action, outcome.Measures);
        foreach (var line in options.Json ? [RunLog.ToJson(record)] : Summary.Lines(record, outcome)) Console.WriteLine(line);
        // The record counts errors but tells no stories.
        foreach (var line in options.Json ? Summary.ErrorLines(outcome) : []) Console.Error.WriteLine(line);
    }

    private static async Task<RunOutcome> MeasureAsync(
        Measurement measurement, RunOptions options, CancellationToken cancellation)
    {
        await measurement.PrepareAsync(cancellation);
        if (options.Warmup is { } warmup) await measurement.WarmAsync(warmup, cancellation);
        return await measurement.MeasureAsync(
            options.Amount > 0 ? options.Amount : null, options.Duration, options.RatePerSecond, cancellation);
    }
}
