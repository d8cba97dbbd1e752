using RequestClient.Runs;
using Spectre.Console;

namespace RequestClient.Display;

/// <summary>
/// One line for people who wait: how far, rate, p99, errors, time left. It looks at the loop's counters a few times a
/// second and never stops its thread. Spectre.Console's own progress display cost 14 % of the client's CPU, which is more
/// than a measurement should share a machine with; a line of its markup costs a sixth of that (benchmarks/client.sh).
/// </summary>
internal static class LiveLine
{
    private const int BarLength = 24;
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    /// <summary>Carriage return and "erase the line" (ECMA-48).</summary>
    private static readonly ControlCode Clear = new("\r\u001b[2K");

    /// <summary>Whether somebody looks; tests that call the program in a terminal say that nobody does.</summary>
    internal static bool IsTerminal { get; set; } = !Console.IsOutputRedirected;

    /// <summary>
    /// Draws the line once to nowhere, when a terminal will show it: what it takes to compile that must not fall into
    /// the window.
    /// </summary>
    public static void Prepare(RunOptions options, Measurement measurement)
    {
        if (!IsVisible(options)) return;
        var settings = new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(TextWriter.Null) };
        var nowhere = AnsiConsole.Create(settings);
        Draw(nowhere, options, measurement);
    }

    /// <summary>Shows the line until the run ends, when that takes longer than a second and somebody can see it.</summary>
    public static async Task ShowAsync(Task run, RunOptions options, Measurement measurement)
    {
        if (!IsVisible(options) || await IsOverAsync(run, Delay)) return;
        while (!await IsOverAsync(run, Refresh)) Draw(AnsiConsole.Console, options, measurement);
        AnsiConsole.Write(Clear);
    }

    private static bool IsVisible(RunOptions options) => !options.Json && IsTerminal;

    private static void Draw(IAnsiConsole console, RunOptions options, Measurement measurement)
    {
        var progress = Progress.Of(measurement);
        var name = progress.IsWarmup ? "warm-up" : options.Action.Name;
        var figures = $"{Units.Count(progress.RatePerSecond)}/s  p99 {Units.Duration(progress.P99Microseconds)}  "
            + $"{Units.Count(progress.Errors)} errors";
        var left = progress.Left is { } time ? $"  {(int)time.TotalMinutes}:{time.Seconds:00} left" : "";
        // Longer than the terminal is wide, and the line would leave its upper half behind: the bar gives way.
        var length = Math.Clamp(console.Profile.Width - name.Length - figures.Length - left.Length - 4, 0, BarLength);
        var done = (int)(progress.Share * length);
        console.Write(Clear);
        console.Markup($"{name} [green]{new string('━', done)}[/][grey]{new string('━', length - done)}[/]  ");
        console.Markup(progress.Errors > 0 ? $"[red]{figures}[/]{left}" : figures + left);
    }

    private static async Task<bool> IsOverAsync(Task run, TimeSpan patience) =>
        await Task.WhenAny(run, Task.Delay(patience)) == run;
}
