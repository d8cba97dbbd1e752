using System.CommandLine;
using StudyPlan.Studies;
using StudyResults;

namespace StudyPlan.Commands;

/// <summary>The command line. What a study is asked for comes from the environment, as run-test.sh's variables.</summary>
internal static class PlanCommand
{
    private const int Failed = 1;
    private const int BadUsage = 2;

    /// <param name="args">The command line.</param>
    /// <param name="variables">run-test.sh's variables: the environment.</param>
    public static int Run(string[] args, Func<string, string?> variables)
    {
        var root = new RootCommand(
            """
            Plans a study: checks run-test.sh's variables, which it takes from the environment, and says what is run next.
            What it prints is for a shell to eval; what it has to tell people goes to standard error.

            In their order, as run-test.sh calls them:
              StudyPlan settings            check every variable and print them all
              StudyPlan begin               begin the study, or go on with the one in $RESUME
              StudyPlan next DIR FILE       write the runs of the next start of servers to FILE, print what to start
              StudyPlan release DIR         remove the blobs
            """);
        root.Subcommands.Add(Command("settings", "Check all variables and print them", SettingsCommand.Run, variables));
        root.Subcommands.Add(Command(
            "list", "Print the cells of a study and how long it will take, and plan nothing", ListCommand.Run, variables));
        root.Subcommands.Add(Command(
            "begin",
            "Make the study's folder and its plan; print 'action sizeKiB concurrency' of each ceiling to measure",
            BeginCommand.Run,
            variables));
        root.Subcommands.Add(NextCommand.Create(variables));
        root.Subcommands.Add(ReleaseCommand.Create());
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0) return Misused(parsed.Errors.Select(error => error.Message));
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or RunLogException
            or FormatException or InvalidOperationException)
        {
            Console.Error.WriteLine($"StudyPlan: {OutputFailure.Explain(failure)}");
            return Failed;
        }
    }

    private static Command Command(string name, string description, Func<Asked, int> run, Func<string, string?> variables)
    {
        var command = new Command(name, description);
        command.SetAction(_ =>
        {
            var (asked, problems) = Asked.Read(variables);
            return asked is null ? Tell(problems) : run(asked);
        });
        return command;
    }

    /// <summary>Says what is wrong with the variables, a line each, under the name of the script that people called.</summary>
    internal static int Tell(IEnumerable<string> problems)
    {
        foreach (var problem in problems) Console.Error.WriteLine($"run-test.sh: {problem}");
        return BadUsage;
    }

    private static int Misused(IEnumerable<string> problems)
    {
        foreach (var problem in problems) Console.Error.WriteLine($"StudyPlan: {problem}");
        Console.Error.WriteLine("StudyPlan: see StudyPlan --help; people call run-test.sh");
        return BadUsage;
    }
}
