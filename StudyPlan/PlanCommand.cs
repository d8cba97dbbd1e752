using System.CommandLine;

namespace StudyPlan;

/// <summary>The command line: lists as run-test.sh's variables hold them, words with spaces between.</summary>
internal static class PlanCommand
{
    private const int Failed = 1;
    private const int BadUsage = 2;

    public static int Run(string[] args)
    {
        var options = new StudyOptions();
        var root = new RootCommand(
            """
            Prints the runs of a study in shuffled blocks, one line each: block order procs action amount sizeKiB wayIn.

            Examples:
              StudyPlan --procs "1 2 4 8" --actions "baseline list put get flag delete" --scenarios 20000x10 --runs 5 --seed 42
              StudyPlan list --procs "1 2" --actions list --scenarios 10000x10 --proxies "haproxy nginx"
              StudyPlan remaining results/DIR
            """);
        options.AddTo(root);
        root.SetAction(parse => Plan(options.Read(parse), parameters => Print(PlanText.Lines(parameters))));
        root.Subcommands.Add(Begin());
        root.Subcommands.Add(List());
        root.Subcommands.Add(Remaining());
        root.Subcommands.Add(Resume());
        root.Subcommands.Add(Place());
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0) return parsed.Invoke();
        foreach (var error in parsed.Errors) Console.Error.WriteLine($"StudyPlan: {error.Message}");
        return BadUsage;
    }

    private static Command Begin()
    {
        var options = new StudyOptions();
        var folder = new Option<string>("--out") { Description = "Where; empty for results/DATE_CPU_CORES", DefaultValueFactory = _ => "" };
        var command = new Command("begin", "Make a study's folder, put the plan there as plan.txt, and print the folder") { folder };
        options.AddTo(command);
        command.SetAction(parse => Plan(options.Read(parse), parameters =>
        {
            var made = StudyFolder.Begin(parse.GetValue(folder)!, PlanText.Lines(parameters), out var problem);
            return problem.Length > 0 ? Fail(problem) : Print([made]);
        }));
        return command;
    }

    private static Command List()
    {
        var options = new StudyOptions();
        var history = new Option<string>("--history")
        {
            Description = "Where stored studies lie, whose rates the estimate is made from",
            DefaultValueFactory = _ => "results",
        };
        var command = new Command("list", "Print the cells of a study and how long it will take, and plan nothing") { history };
        options.AddTo(command);
        command.SetAction(parse => Plan(
            options.Read(parse), parameters => Print(new Estimate(parameters, Rates.From(parse.GetValue(history)!, parameters.Kept)).Lines())));
        return command;
    }

    private static Command Remaining()
    {
        var folder = Folder();
        var command = new Command("remaining", "Print the runs of a study's plan that were not made yet") { folder };
        command.SetAction(parse => StoredStudy.Read(parse.GetRequiredValue(folder), out var problem) is { } study
            ? Print(study.Remaining)
            : Fail(problem));
        return command;
    }

    private static Command Resume()
    {
        var folder = Folder();
        var command = new Command("resume", "Print the variables that an interrupted study was begun with, for a shell, or refuse") { folder };
        command.SetAction(parse =>
        {
            var name = parse.GetRequiredValue(folder);
            if (StoredStudy.Read(name, out var problem) is not { } study) return Fail(problem);
            return study.FindRefusal(Machine.Describe(), Environment.GetEnvironmentVariable) is { } refusal
                ? Fail($"can't go on with {name}: {refusal}")
                : Print(study.Variables.Select(variable => variable.ToShell()));
        });
        return command;
    }

    private static Command Place()
    {
        var command = new Command("blobs-dir", "Print where a study on this machine best keeps its blobs");
        command.SetAction(_ => Print([BlobsPlace.Choose()]));
        return command;
    }

    private static int Plan(StudyParameters parameters, Func<StudyParameters, int> act)
    {
        if (parameters.Groups.Any()) return act(parameters);
        Console.Error.WriteLine($"StudyPlan: --proxies {WaysIn.Direct} is one process without a proxy: have 1 among the --procs");
        return BadUsage;
    }

    private static Argument<string> Folder() => new("DIR") { Description = "The folder of a study" };

    private static int Print(IEnumerable<string> lines)
    {
        foreach (var line in lines) Console.Out.WriteLine(line);
        return 0;
    }

    private static int Fail(string problem)
    {
        Console.Error.WriteLine($"StudyPlan: {problem}");
        return Failed;
    }
}
