using Spectre.Console;

namespace RequestClient.Display;

/// <summary>
/// One line for people who wait: rate, p99, errors, time left. It looks at the loop's counters a few times a second
/// and never stops its thread, so the figures are the same without it (benchmarks/client.md).
/// </summary>
internal static class LiveLine
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    /// <summary>Shows the line until the run ends, when that takes longer than a second and somebody can see it.</summary>
    public static async Task ShowAsync(Task run, RunOptions options, Measurement measurement)
    {
        if (options.Json || Console.IsOutputRedirected || await IsOver(run, Delay)) return;
        await AnsiConsole.Progress()
            .AutoClear(true)
            .AutoRefresh(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new RemainingTimeColumn())
            .StartAsync(async display =>
            {
                var line = display.AddTask(options.Action.Name);
                while (!await IsOver(run, Refresh))
                {
                    line.Value = 100 * Share(measurement);
                    line.Description = Markup.Escape(Describe(options, measurement));
                    display.Refresh();
                }
            });
    }

    private static string Describe(RunOptions options, Measurement measurement)
    {
        var live = measurement.Live;
        var seconds = Math.Max(1e-3, (TimeProvider.System.GetUtcNow() - live.StartedAt).TotalSeconds);
        var latency = live.OpenLoop?.FromDue[^1] ?? live.Steps[^1];
        var phase = measurement.Phase?.Until is null ? options.Action.Name : "warm-up";
        return $"{phase} {Units.Count(live.Operations / seconds)}/s  p99 {Units.Duration(latency.ValueAtPercentile(99) / 1e3)}  "
            + $"{Units.Count(live.Errors.Total)} errors";
    }

    /// <summary>How much of the phase is over: of its operations or of its time, whichever is further.</summary>
    private static double Share(Measurement measurement)
    {
        if (measurement.Phase is not { } phase) return 0;
        var live = measurement.Live;
        var ofOperations = (live.Operations + live.Errors.Total) / (double)phase.MaxOperations;
        var ofTime = phase.Duration is { } duration ? (TimeProvider.System.GetUtcNow() - live.StartedAt) / duration : 0;
        return Math.Clamp(Math.Max(ofOperations, ofTime), 0, 1);
    }

    private static async Task<bool> IsOver(Task run, TimeSpan patience) =>
        await Task.WhenAny(run, Task.Delay(patience)) == run;
}
