using System.CommandLine;
using System.Diagnostics;
using MultiProc.Control;
using MultiProc.Processes;

namespace MultiProc.Commands;

/// <summary>MultiProc stop: returns when the supervisor and everything it started is gone.</summary>
internal static class StopCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Create(Option<string> control)
    {
        var command = new Command("stop", "Stops a supervisor and everything it started, in order");
        command.SetAction((parse, cancellation) => RunAsync(new ControlPath(Path.GetFullPath(parse.GetValue(control)!)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ControlPath path, CancellationToken cancellation)
    {
        using var client = new ControlClient(path);
        var report = await client.StatusAsync(cancellation);
        var supervisor = report is null ? null : ProcFile.Identify(report.Pid);
        if (supervisor is null || !await client.StopAsync(cancellation))
            return CommandLine.Fail($"no supervisor answers on {path.FullPath}: pass its --control, or nothing runs");
        var watch = Stopwatch.StartNew();
        while (ProcFile.Identify(supervisor.Pid)?.StartTicks == supervisor.StartTicks)
        {
            if (watch.Elapsed > Patience)
                return CommandLine.Fail($"supervisor {supervisor.Pid} still runs after {Patience.TotalSeconds} s: 'kill {supervisor.Pid}' again makes it kill at once");
            await Task.Delay(Pause, cancellation);
        }

        return 0;
    }
}
