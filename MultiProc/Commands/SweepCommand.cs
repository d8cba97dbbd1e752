using System.CommandLine;
using MultiProc.Processes;

namespace MultiProc.Commands;

/// <summary>What the janitor runs when a supervisor was killed. Harmless at any time: a live supervisor's things are locked.</summary>
internal static class SweepCommand
{
    public static Command Create(Option<string> control)
    {
        var command = new Command("sweep", "Removes what a killed supervisor left") { Hidden = true };
        command.SetAction(parse => Run(new ControlPath(Path.GetFullPath(parse.GetValue(control)!))));
        return command;
    }

    private static int Run(ControlPath control)
    {
        using var pidFile = PidFile.TryAcquire(control.PidFile);
        if (pidFile is not null) Leftovers.Sweep(control, pidFile);
        return 0;
    }
}
