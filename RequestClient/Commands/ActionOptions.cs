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

    private readonly Option<string?> _file = new("--actions")
    {
        Description = $"Where actions are described (default: {ActionFile.DefaultPath})",
        HelpName = "FILE",
    };

    private readonly Option<string?> _feed = Options.Feed();
    private readonly Option<string?> _trace = Options.Trace();

    /// <summary>Adds the options, the freely described requests only where they make sense.</summary>
    public void AddTo(Command command, bool builtInOnly = false)
    {
        foreach (var option in _builtIn) command.Add(option);
        command.Add(_name);
        command.Add(_file);
        command.Add(_feed);
        if (!builtInOnly)
        {
            command.Add(_request);
            command.Add(_then);
            command.Add(_trace);
        }

        command.Validators.Add(result =>
        {
            var name = result.GetValue(_name);
            var chosen = _builtIn.Count(option => result.GetValue(option)) + (name is null ? 0 : 1)
                + (builtInOnly ? 0 : (result.GetValue(_request) is null ? 0 : 1) + (result.GetValue(_trace) is null ? 0 : 1));
            var names = string.Join(' ', _builtIn.Select(option => option.Name)) + " --action"
                + (builtInOnly ? "" : " --request --trace");
            if (chosen != 1) result.AddError($"give one action, not {chosen}: {names}");
            var file = result.GetValue(_file) ?? ActionFile.DefaultPath;
            if (name is not null && ActionFile.Find(name, file, Feed.OpenOrNone(result.GetValue(_feed))).Error is { } wrong)
                result.AddError(wrong);
            if (!builtInOnly && result.GetValue(_trace) is { } trace && TraceFile.Read(trace, file).Error is { } wrongTrace)
                result.AddError(wrongTrace);
            if (!builtInOnly && result.GetValue(_then) is { Length: > 0 } && result.GetValue(_request) is null)
                result.AddError("--then follows a --request");
            if (!builtInOnly && Described(result.GetValue(_request), result.GetValue(_then)).Error is { } error)
                result.AddError(error);
        });
    }

    /// <summary>Whether a file says when operations are due.</summary>
    public bool IsTraced(CommandResult result) => result.GetResult(_trace) is not null;

    public ActionPlan Read(ParseResult parse) =>
        (parse.CommandResult.GetResult(_trace) is null
            ? null
            : TraceFile.Read(parse.GetValue(_trace)!, parse.GetValue(_file) ?? ActionFile.DefaultPath).Action) ??
        (parse.GetValue(_name) is { } name
            ? ActionFile.Find(
                name, parse.GetValue(_file) ?? ActionFile.DefaultPath, Feed.OpenOrNone(parse.GetValue(_feed))).Action
            : null)
        ?? Described(parse.GetValue(_request), parse.GetValue(_then)).Action
        ?? BuiltInActions.All[Array.FindIndex(_builtIn, option => parse.GetValue(option))];

    private static (ActionPlan? Action, string? Error) Described(string? request, string[]? then) =>
        request is null ? (null, null) : RequestText.ReadAction([request, .. then ?? []]);

    private static string Describe(ActionPlan action) => action.Steps.Count == 1
        ? $"Each operation is a {action.Steps[0].Method} of {action.Steps[0].Path}"
        : $"Each operation is a {string.Join(", then a ", action.Steps.Select(step => step.Method))} of a fresh blob";
}
