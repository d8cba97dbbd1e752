using System.CommandLine;
using System.CommandLine.Parsing;
using RequestClient.Actions;

namespace RequestClient.Commands;

/// <summary>What one operation is: one of the built-in actions, or requests in the user's own words.</summary>
internal sealed class ActionOptions
{
    private readonly Option<bool>[] _builtIn =
    [
        .. BuiltInActions.All.Select(action => new Option<bool>($"--{action.Name}") { Description = Describe(action) }),
    ];

    private readonly Option<string?> _request = new("--request")
    {
        Description = $"Each operation is this request: '{RequestText.Form}'; {{id}} is fresh for each operation, {{body}} is "
            + "the blob of {user} and {id}, {same} what the first reply was",
        HelpName = "REQUEST",
    };

    private readonly Option<string[]> _then =
        new("--then") { Description = "... followed by this one, on the same {id}", HelpName = "REQUEST" };

    private readonly Option<string?> _name = new("--action")
    {
        Description = "Each operation is the action of this name: one of the above, or one that --actions describes",
        HelpName = "NAME",
    };

    private readonly Option<string?> _file = Options.Actions();
    private readonly Option<string?> _feed = Options.Feed();
    private readonly Option<string?> _trace = Options.Trace();

    /// <summary>Adds the options: the built-in actions, and the described ones only where they make sense.</summary>
    public void AddTo(Command command, bool builtInOnly = false)
    {
        foreach (var option in _builtIn) command.Add(option);
        IReadOnlyList<Option> ways = builtInOnly ? _builtIn : [.. _builtIn, _name, _request, _trace];
        if (!builtInOnly)
        {
            foreach (var option in (Option[])[_name, _file, _feed, _request, _then, _trace]) command.Add(option);
        }

        command.Validators.Add(result =>
        {
            var chosen = ways.Count(way => way is Option<bool> flag ? result.GetValue(flag) : IsGiven(result, way));
            if (chosen != 1)
                result.AddError($"give one action, not {chosen}: {string.Join(' ', ways.Select(option => option.Name))}");
            if (IsGiven(result, _then) && !IsGiven(result, _request)) result.AddError("--then follows a --request");
            if (IsGiven(result, _file) && !IsGiven(result, _name) && !IsGiven(result, _trace))
                result.AddError("--actions says what an --action or a --trace means, and there is none: leave it out");
            var (action, error) = Find(result);
            if (error is not null) result.AddError(error);
            var feedsNobody = IsGiven(result, _trace) || action?.Parts.All(part => part.Feed is null) == true;
            if (IsGiven(result, _feed) && feedsNobody)
            {
                result.AddError(
                    $"--feed: {action?.Name ?? "a trace"} takes no values from one: leave it out, or name another --action");
            }
        });
    }

    /// <summary>Whether a file says when operations are due.</summary>
    public bool IsTraced(CommandResult result) => IsGiven(result, _trace);

    /// <summary>The one that was chosen, once the command line was found to be right.</summary>
    public ActionPlan Read(ParseResult parse) => Find(parse.CommandResult).Action!;

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is not null;

    /// <summary>What is chosen in the first of these ways, or what is wrong with it; neither where nothing is.</summary>
    private (ActionPlan? Action, string? Error) Find(CommandResult result)
    {
        var file = result.GetValue(_file) ?? ActionFile.DefaultPath;
        if (IsGiven(result, _trace) && result.GetValue(_trace) is { } trace) return TraceFile.Read(trace, file);
        if (result.GetValue(_name) is { } name) return ActionFile.Find(name, file, Feed.OpenOrNone(result.GetValue(_feed)));
        if (IsGiven(result, _request) && result.GetValue(_request) is { } request)
            return RequestText.ReadAction([request, .. result.GetValue(_then) ?? []]);
        return (Array.Find(_builtIn, option => result.GetValue(option)) is { } option
            ? BuiltInActions.Find(option.Name.TrimStart('-'))
            : null, null);
    }

    private static string Describe(ActionPlan action) => action.Steps.Count == 1
        ? $"Each operation is a {action.Steps[0].Method} of {action.Steps[0].Path}"
        : $"Each operation is a {string.Join(", then a ", action.Steps.Select(step => step.Method))} of a fresh blob";
}
