namespace RequestClient.Actions;

/// <summary>
/// Reads one line of an action: its feed, a header, a request, what is kept of the reply, who counts it, or a mix of others.
/// </summary>
internal static class ActionLine
{
    private const string FeedWord = "feed ";
    private const string HeaderWord = "header ";
    private const string CountedBy = "counted by ";

    /// <summary>The action with what the line adds to it.</summary>
    /// <param name="action">The lines above.</param>
    /// <param name="line">Without white space around it.</param>
    /// <param name="open">Opens the feed that a line names.</param>
    /// <param name="find">Finds an action above it.</param>
    public static (ActionPlan? Action, TextProblem? Problem) Add(
        ActionPlan action, string line, Func<string, Feed> open, Func<string, ActionPlan?> find)
    {
        if (line.StartsWith(MixText.Word, StringComparison.Ordinal)) return MixText.Read(action, line, find);
        if (action.Mixed is not null) return Wrong(1, "a mix has no lines beside it");
        if (line.StartsWith(FeedWord, StringComparison.Ordinal)) return AddFeed(action, line, open);
        if (line.StartsWith(HeaderWord, StringComparison.Ordinal)) return AddHeader(action, line);
        if (line.StartsWith(KeepText.Word, StringComparison.Ordinal)) return KeepText.Add(action, line);
        if (line.StartsWith(CountedBy, StringComparison.Ordinal)) return AddCount(action, line);
        var (step, problem) = RequestText.Read(line, action.Steps, action.Places, action.Feed is { Problem: not null });
        return step is null
            ? (null, problem! with { Reason = $"'{line}': {problem.Reason}; wanted {RequestText.Form}" })
            : (action with { Steps = [.. action.Steps, step with { Headers = action.Headers }] }, null);
    }

    private static (ActionPlan?, TextProblem?) AddFeed(ActionPlan action, string line, Func<string, Feed> open)
    {
        if (action.Feed is not null) return Wrong(1, "an action has one feed");
        if (action.Steps.Count > 0 || action.Headers.Count > 0) return Wrong(1, "a feed stands above headers and requests");
        return (action with { Feed = open(line[FeedWord.Length..].Trim()) }, null);
    }

    private static (ActionPlan?, TextProblem?) AddHeader(ActionPlan action, string line)
    {
        var header = line[HeaderWord.Length..].Trim();
        var at = line.Length - header.Length;
        if (!HeaderText.IsRight(header)) return Wrong(at + 1, $"'{header}': wanted {HeaderText.Form}");
        if (action.Feed is not { Problem: not null } && TextPlaces.Unknown(header, action.Places.Names) is { } unknown)
            return Wrong(at + unknown.At + 1, $"{unknown.Place} is nothing that a header can hold");
        return (action with { Headers = [.. action.Headers, header] }, null);
    }

    private static (ActionPlan?, TextProblem?) AddCount(ActionPlan action, string line)
    {
        var path = line[CountedBy.Length..].Trim();
        return path.StartsWith('/') && !path.Contains(' ', StringComparison.Ordinal)
            ? (action with { CountedBy = path }, null)
            : Wrong(CountedBy.Length + 1, $"'{path}' is no path: wanted one such as /count");
    }

    private static (ActionPlan?, TextProblem?) Wrong(int column, string reason) => (null, new TextProblem(column, reason));
}
