using System.CommandLine;
using MultiProc.Configuration;
using MultiProc.Control;
using MultiProc.Processes;

namespace MultiProc.Commands;

/// <summary>MultiProc stop: returns when the supervisor and everything it started is gone.</summary>
internal static class StopCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public static Command Create(Option<string> control)
    {
        var command = new Command("stop", "Stops a supervisor and everything it started, in order");
        command.SetAction((parse, cancellation) => RunAsync(ControlPath.Of(parse.GetValue(control)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ControlPath path, CancellationToken cancellation)
    {
        using var client = new ControlClient(path);
        var report = await client.StatusAsync(cancellation);
        var supervisor = report is null ? null : ProcFile.Identify(report.Pid);
        if (supervisor is null) return CommandLine.Fail("nothing to stop: " + path.ExplainSilence());
        if (await client.StopAsync(cancellation) is { } problem) return CommandLine.Fail(problem);
        // However long requests that are under way may take: a signal to the supervisor ends that.
        while (ProcFile.Identify(supervisor.Pid)?.StartTicks == supervisor.StartTicks) await Task.Delay(Pause, cancellation);
        return 0;
    }
}
