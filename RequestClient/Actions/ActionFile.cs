namespace RequestClient.Actions;

/// <summary>
/// Actions by name, in a file that people write: [name], then the requests of one operation, a line each, in the words of
/// <see cref="RequestText"/>, and what belongs to them (<see cref="ActionLine"/>); # begins a comment. actions.conf at the top is
/// the example.
/// </summary>
internal static class ActionFile
{
    public const string DefaultPath = "actions.conf";

    private const string Form = "[name] and below it " + RequestText.Form + ", a request a line";

    /// <summary>The action of that name: in the file, or built in; or what is wrong and what to do, in one line.</summary>
    /// <param name="name">The name.</param>
    /// <param name="path">The file.</param>
    /// <param name="feed">A feed to use instead of the one that the action names; null for that one.</param>
    public static (ActionPlan? Action, string? Error) Find(string name, string path, Feed? feed = null)
    {
        var builtIn = BuiltInActions.Find(name);
        // A file that somebody names is about a server of its own, whose words may be ours too.
        if (builtIn is not null && path == DefaultPath) return (builtIn, null);
        string[] lines;
        try
        {
            PlainFile.Ensure(path);
            lines = File.ReadAllLines(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return builtIn is not null ? (builtIn, null) : (null,
                $"no action is called {name} ({BuiltInActions.Names} are built in), and {path} can't be read: "
                    + $"describe [{name}] there");
        }

        var (actions, error) = Read(lines, path, feed);
        if (error is not null) return (null, error);
        if (actions.TryGetValue(name, out var action)) return action.Problem is { } problem ? (null, problem) : (action, null);
        if (builtIn is not null) return (builtIn, null);
        var described = actions.Count == 0 ? "describes none" : $"describes {string.Join(' ', actions.Keys)}";
        return (null,
            $"no action is called {name}: {BuiltInActions.Names} are built in, and {path} {described}; add [{name}] to it");
    }

    /// <summary>Every action of a file; the first thing that is wrong ends it, and is named by line and column.</summary>
    internal static (IReadOnlyDictionary<string, ActionPlan> Actions, string? Error) Read(
        IReadOnlyList<string> lines, string path, Feed? feed = null)
    {
        var actions = new Dictionary<string, ActionPlan>();
        ActionPlan? action = null;
        var headline = 0;
        for (var number = 1; number <= lines.Count; number++)
        {
            var line = lines[number - 1].Trim();
            if (line.Length == 0 || line.StartsWith('#')) continue;
            var indent = lines[number - 1].IndexOf(line, StringComparison.Ordinal);
            if (line.StartsWith('['))
            {
                if (Finish() is { } unfinished) return (actions, unfinished);
                var name = line.Trim('[', ']');
                if (ProblemOf(line, name, actions, isOurs: path == DefaultPath) is { } problem)
                    return Wrong(new TextProblem(1, problem));
                (action, headline) = (new ActionPlan(name, []), number);
            }
            else if (action is { Broken: not null, Mixed: null })
            {
                continue;
            }
            else if (action is null)
            {
                return Wrong(new TextProblem(1, $"'{line}' belongs to no action: put its [name] above it"));
            }
            else
            {
                var (longer, problem) =
                    ActionLine.Add(action, line, OpenFeed, name => actions.GetValueOrDefault(name) ?? BuiltInActions.Find(name));
                // Another feed need not have what other actions of the file take from theirs.
                if (problem is not null && feed is not null && action.Feed == feed)
                    action = action with { Broken = Wrong(problem).Item2 };
                else if (problem is not null) return Wrong(problem);
                else action = longer;
            }

            (IReadOnlyDictionary<string, ActionPlan>, string?) Wrong(TextProblem problem) =>
                (actions, $"{path}:{number}:{problem.Column + indent}: {problem.Reason}");
        }

        return (actions, Finish());

        Feed OpenFeed(string named) => feed ?? Feed.Open(Path.Combine(Path.GetDirectoryName(path) ?? "", named));

        string? Finish()
        {
            if (action is null) return null;
            if (action is { Steps.Count: 0, Broken: null })
                return $"{path}:{headline}:1: [{action.Name}] has no request: write {RequestText.Form} below it";
            actions.Add(action.Name, action);
            return null;
        }
    }

    private static string? ProblemOf(string line, string name, Dictionary<string, ActionPlan> actions, bool isOurs)
    {
        if (line != $"[{name}]" || name.Length is 0 or > 60
            || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            return $"'{line}' is no [name] of letters, digits, - and _; wanted {Form}";
        }

        if (isOurs && BuiltInActions.Find(name) is not null) return $"{name} is built in: choose another name";
        return actions.ContainsKey(name) ? $"[{name}] is there already: choose another name or remove one" : null;
    }
}
