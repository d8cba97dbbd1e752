using RequestClient.Load;
using Spectre.Console;

namespace RequestClient.Display;

/// <summary>A progress bar for people who wait; it looks at the loop's counters and never touches its thread.</summary>
internal static class ProgressLine
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows the bar until the run ends, when it takes longer than a second and somebody can see it.</summary>
    public static async Task ShowAsync(Task run, RunOptions options, Func<Measures> live)
    {
        if (options.Json || Console.IsOutputRedirected || await IsOver(run, Delay)) return;
        await AnsiConsole.Progress().AutoClear(true).StartAsync(async display =>
        {
            var bar = display.AddTask(options.Action.Name, maxValue: Math.Max(1, options.Amount));
            bar.IsIndeterminate = options.Amount == 0;
            while (!await IsOver(run, Refresh))
            {
                var measures = live();
                bar.Value = measures.Operations + measures.Errors.Total;
            }
        });
    }

    private static async Task<bool> IsOver(Task run, TimeSpan patience) =>
        await Task.WhenAny(run, Task.Delay(patience)) == run;
}
