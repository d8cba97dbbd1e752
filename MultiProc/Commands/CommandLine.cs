using System.CommandLine;
using MultiProc.Configuration;
using StudyResults;

namespace MultiProc.Commands;

/// <summary>The commands, and the exit statuses that scripts rely on: 0, 1 with one line, 2 for bad usage.</summary>
internal static class CommandLine
{
    private const string Examples = """

        Examples:
          MultiProc --procs 4 --dir /tmp/blobs --way-in haproxy
          MultiProc --procs 4 --dir /srv/app --haproxy haproxy/service.cfg -- python3 app.py {dir} {port}
          MultiProc status --wait-ready 30
          MultiProc scale 8
          MultiProc restart
          MultiProc stop

        Signals: INT and TERM stop in order, a second one at once; HUP restarts the workers one by one;
        TTIN and TTOU ask for one worker more or less.
        """;

    /// <summary>A failure that was to be expected: one line on standard error.</summary>
    public static int Fail(string problem)
    {
        Console.Error.WriteLine("MultiProc: " + problem);
        return 1;
    }

    /// <summary>Bad usage: what is wrong, and where to read what is right.</summary>
    public static int Misused(params IEnumerable<string> problems)
    {
        foreach (var problem in problems) Console.Error.WriteLine("MultiProc: " + problem);
        Console.Error.WriteLine("MultiProc: see 'MultiProc --help'");
        return 2;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        var control = new Option<string>("--control")
        {
            Description = "The control socket's path",
            DefaultValueFactory = _ => ControlPath.Default.FullPath,
            Recursive = true,
        }.NotEmpty();
        var root = RunCommand.Create(control, wordsFollowDashes: args.Contains("--"));
        root.Description = "Runs N workers behind HAProxy, keeps them running, and leaves nothing behind.\n" + Examples;
        root.Options.Add(control);
        root.Subcommands.Add(StatusCommand.Create(control));
        root.Subcommands.Add(ChangeCommands.CreateScale(control));
        root.Subcommands.Add(ChangeCommands.CreateServe(control));
        root.Subcommands.Add(LimitCommand.Create(control));
        root.Subcommands.Add(ChangeCommands.CreateRestart(control));
        root.Subcommands.Add(StopCommand.Create(control));
        // Help shows a subcommand with what its parent takes, and a worker's command is none of its business.
        if (root.Subcommands.Any(command => command.Name == args.FirstOrDefault())) root.Arguments.Clear();

        var parse = root.Parse(args);
        if (parse.Errors.Count > 0) return Misused(parse.Errors.Select(error => error.Message));

        try
        {
            // Signals are the supervisor's business; other exceptions are bugs and may show their stack.
            return await parse.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception failure) when (OutputFailure.IsOfConsole(failure))
        {
            return Fail(OutputFailure.Explain(failure));
        }
    }
}
