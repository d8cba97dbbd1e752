using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace StudyPlan;

/// <summary>The options that describe a study.</summary>
internal sealed class StudyOptions
{
    private readonly Option<int[]> _procs = WordList<int>(
        "--procs", "Numbers of server processes to compare", "a number of processes from 1 up, as in \"1 2 4 8\"", TryParseProcs);

    private readonly Option<string[]> _actions = WordList<string>(
        "--actions", "Actions to run", "an action's name of letters, digits, - and _, as in \"baseline list put\"", TryParseAction);

    private readonly Option<Scenario[]> _scenarios = WordList<Scenario>(
        "--scenarios", "Operations a run and size of a blob", "AMOUNTxKIB, as in \"20000x10 2000x100\"", Scenario.TryParse);

    private readonly Option<string[]> _waysIn = WordList<string>(
        "--proxies", "Ways in to the workers", $"one of {string.Join(' ', WaysIn.All)}", TryParseWayIn, required: false);

    private readonly Option<int> _runs = new("--runs") { Description = "Runs of each cell", DefaultValueFactory = _ => 5 };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Seed of the shuffle: the same seed gives the same order",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string[]> _kept = new("--keep")
    {
        Description = $"NAME=VALUE to keep in the plan, with a NAME of {string.Join(' ', Variable.Known)}",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>What turns one word of a list into a value.</summary>
    private delegate bool WordParser<T>(string word, out T value);

    public void AddTo(Command command)
    {
        _runs.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && TryParseProcs(token.Value, out _)) return;
            if (!result.Implicit) result.AddError("--runs must be a number from 1 up");
        });
        _kept.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !Variable.TryParse(token.Value, out _)))
                result.AddError($"--keep: '{token.Value}' is not NAME=VALUE on one line, with a NAME of {string.Join(' ', Variable.Known)}");
        });
        foreach (var option in new Option[] { _procs, _actions, _scenarios, _waysIn, _runs, _seed, _kept }) command.Options.Add(option);
    }

    public StudyParameters Read(ParseResult parse) => new()
    {
        Procs = parse.GetRequiredValue(_procs),
        Actions = parse.GetRequiredValue(_actions),
        Scenarios = parse.GetRequiredValue(_scenarios),
        WaysIn = parse.GetValue(_waysIn) is { Length: > 0 } waysIn ? waysIn : [WaysIn.Standard],
        Runs = parse.GetValue(_runs),
        Seed = parse.GetValue(_seed),
        Kept = [.. (parse.GetValue(_kept) ?? []).Select(word => Variable.TryParse(word, out var variable) ? variable : default)],
    };

    private static Option<T[]> WordList<T>(string name, string description, string wanted, WordParser<T> tryParse, bool required = true) => new(name)
    {
        Description = $"{description}: each {wanted}",
        Required = required,
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

    private static bool TryParseWayIn(string word, out string wayIn)
    {
        wayIn = word;
        return WaysIn.All.Contains(word);
    }
}
