using System.CommandLine;
using System.Globalization;
using Graph.Inputs;

namespace Graph;

/// <summary>The command line: what is asked for, as <see cref="GraphOptions"/>.</summary>
internal static class GraphCommand
{
    private const string Description = """
        Draws the picture of a study and says what it shows.

        Examples:
          Graph runs.jsonl --out .                   results.txt, blobs-in-parallel.png and .svg, a line per action
          Graph results/2026-01-31_EPYC_2 --out /tmp  a stored study
          Graph results.txt --runs 5                 a table without single runs, of 5 runs each
        """;

    public static RootCommand Create()
    {
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "runs.jsonl or results.txt, or a folder that holds one; the one in this folder when none is named",
            Arity = ArgumentArity.ZeroOrMore,
        };
        inputs.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } unknown)
                result.AddError($"there is no option {unknown.Value}: see --help (a file of that name is ./{unknown.Value})");
        });
        var output = new Option<string>("--out") { Description = "Folder to write to; it is made when it does not exist", DefaultValueFactory = _ => ".", HelpName = "DIR" };
        var runs = new Option<int>("--runs") { Description = "Runs that each line of a results.txt adds up", DefaultValueFactory = _ => 5, HelpName = "N" };
        runs.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && value < 1)
                result.AddError($"--runs is {value}: give the number of runs, from 1");
        });
        var skipBad = new Option<bool>("--skip-bad") { Description = "Leave out lines that can't be read, with a warning, instead of stopping" };
        var root = new RootCommand(Description) { inputs, output, runs, skipBad };
        root.SetAction((parse, cancel) => GraphRun.RunAsync(
            new GraphOptions
            {
                Inputs = parse.GetValue(inputs) is { Length: > 0 } named ? named : [StudyReader.DefaultPath],
                OutputFolder = parse.GetValue(output)!,
                RunsPerRow = parse.GetValue(runs),
                SkipBad = parse.GetValue(skipBad),
            },
            Console.Out,
            Console.Error,
            cancel));
        return root;
    }
}
