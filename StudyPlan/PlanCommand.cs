using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace StudyPlan;

/// <summary>The command line: lists as run-test.sh's variables hold them, words with spaces between.</summary>
internal static class PlanCommand
{
    private const int BadUsage = 2;

    private static readonly Option<int[]> Procs = WordList<int>(
        "--procs", "Numbers of server processes to compare", "a number of processes from 1 up, as in \"1 2 4 8\"", TryParseProcs);

    private static readonly Option<string[]> Actions = WordList<string>(
        "--actions", "Actions to run", "an action's name of letters, digits, - and _, as in \"baseline list put\"", TryParseAction);

    private static readonly Option<Scenario[]> Scenarios = WordList<Scenario>(
        "--scenarios", "Operations a run and size of a blob", "AMOUNTxKIB, as in \"20000x10 2000x100\"", Scenario.TryParse);

    private static readonly Option<int> Runs = new("--runs")
    {
        Description = "Runs of each cell",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Seed of the shuffle: the same seed gives the same order",
        DefaultValueFactory = _ => 1,
    };

    /// <summary>What turns one word of a list into a value.</summary>
    private delegate bool WordParser<T>(string word, out T value);

    public static int Run(string[] args)
    {
        Runs.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && TryParseProcs(token.Value, out _)) return;
            if (!result.Implicit) result.AddError("--runs must be a number from 1 up");
        });
        var root = new RootCommand(
            """
            Prints the runs of a study in shuffled blocks, one line each: block order procs action amount sizeKiB.

            Example:
              StudyPlan --procs "1 2 4 8" --actions "baseline list put get flag delete" --scenarios 20000x10 --runs 5 --seed 42
            """)
        { Procs, Actions, Scenarios, Runs, Seed };
        root.SetAction(parse => Print(new StudyParameters
        {
            Procs = parse.GetRequiredValue(Procs),
            Actions = parse.GetRequiredValue(Actions),
            Scenarios = parse.GetRequiredValue(Scenarios),
            Runs = parse.GetValue(Runs),
            Seed = parse.GetValue(Seed),
        }));
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0) return parsed.Invoke();
        foreach (var error in parsed.Errors) Console.Error.WriteLine($"StudyPlan: {error.Message}");
        return BadUsage;
    }

    private static void Print(StudyParameters parameters)
    {
        foreach (var line in PlanText.Lines(parameters)) Console.Out.WriteLine(line);
    }

    private static Option<T[]> WordList<T>(string name, string description, string wanted, WordParser<T> tryParse) => new(name)
    {
        Description = $"{description}: each {wanted}",
        Required = true,
        CustomParser = result => ParseWords(result, name, wanted, tryParse),
    };

    private static T[]? ParseWords<T>(ArgumentResult result, string name, string wanted, WordParser<T> tryParse)
    {
        var values = new List<T>();
        foreach (var word in result.Tokens.SelectMany(token => token.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (tryParse(word, out var value)) values.Add(value);
            else result.AddError($"{name}: '{word}' is not {wanted}");
        }

        if (values.Count == 0 && !result.Errors.Any()) result.AddError($"{name} is empty: it wants {wanted}");
        return [.. values.Distinct()];
    }

    private static bool TryParseProcs(string word, out int procs) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out procs) && procs > 0;

    private static bool TryParseAction(string word, out string action)
    {
        action = word;
        return word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
    }
}
