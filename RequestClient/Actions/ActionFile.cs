namespace RequestClient.Actions;

/// <summary>
/// Actions by name, in a file that people write: [name], then the requests of one operation, a line each, in the words of
/// <see cref="RequestText"/>; # begins a comment. actions.conf at the top is the example.
/// </summary>
internal static class ActionFile
{
    public const string DefaultPath = "actions.conf";

    private const string Form = "[name] and below it " + RequestText.Form + ", a request a line";

    /// <summary>The action of that name: built in, or in the file; or what is wrong and what to do, in one line.</summary>
    public static (ActionPlan? Action, string? Error) Find(string name, string path)
    {
        if (BuiltInActions.Find(name) is { } builtIn) return (builtIn, null);
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, $"no action is called {name} ({BuiltInActions.Names} are built in), and {path} can't be read: describe [{name}] there");
        }

        var (actions, error) = Read(lines, path);
        if (error is not null) return (null, error);
        if (actions.TryGetValue(name, out var action)) return (action, null);
        var described = actions.Count == 0 ? "describes none" : $"describes {string.Join(' ', actions.Keys)}";
        return (null, $"no action is called {name}: {BuiltInActions.Names} are built in, and {path} {described}; add [{name}] to it");
    }

    /// <summary>Every action of a file; the first thing that is wrong ends it.</summary>
    internal static (IReadOnlyDictionary<string, ActionPlan> Actions, string? Error) Read(IReadOnlyList<string> lines, string path)
    {
        var actions = new Dictionary<string, ActionPlan>();
        var requests = new List<string>();
        string? name = null;
        var headline = 0;
        for (var number = 1; number <= lines.Count + 1; number++)
        {
            var line = number <= lines.Count ? lines[number - 1].Trim() : "[end]";
            if (line.Length == 0 || line.StartsWith('#')) continue;
            if (!line.StartsWith('['))
            {
                if (name is null) return Wrong(number, $"'{line}' belongs to no action: put its [name] above it");
                requests.Add(line);
                // Alone here, so that the line's own number is told; again with the others when the action is complete.
                if (RequestText.ReadAction(requests, name).Error is { } error) return Wrong(number, error);
                continue;
            }

            if (name is not null && requests.Count == 0) return Wrong(headline, $"[{name}] has no request: write {RequestText.Form} below it");
            if (name is not null) actions.Add(name, RequestText.ReadAction(requests, name).Action!);
            if (number > lines.Count) break;
            (name, headline) = (line.Trim('[', ']'), number);
            requests.Clear();
            if (ProblemOf(line, name, actions) is { } problem) return Wrong(number, problem);
        }

        return (actions, null);

        (IReadOnlyDictionary<string, ActionPlan>, string?) Wrong(int number, string problem) => (actions, $"{path}:{number}: {problem}");
    }

    private static string? ProblemOf(string line, string name, Dictionary<string, ActionPlan> actions)
    {
        if (line != $"[{name}]" || name.Length is 0 or > 60 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            return $"'{line}' is no [name] of letters, digits, - and _; wanted {Form}";
        if (BuiltInActions.Find(name) is not null) return $"{name} is built in: choose another name";
        return actions.ContainsKey(name) ? $"[{name}] is there already: choose another name or remove one" : null;
    }
}
