using RequestClient.Actions;
using RequestClient.Load;

namespace StudyPlan.Variables;

/// <summary>What is asked of the server: actions by name, or a trace, as RequestClient reads them.</summary>
/// <param name="Names">What runs are called.</param>
/// <param name="DescribedIn">The file that describes actions.</param>
internal sealed record AskedActions(IReadOnlyList<string> Names, string DescribedIn)
{
    /// <summary>When operations are due; null when actions are repeated.</summary>
    public Trace? Trace { get; init; }

    /// <summary>The files of values for their operations.</summary>
    public IReadOnlyList<string> Feeds { get; init; } = [];

    /// <summary>Whether it is one of the client's own, and not one that a file calls the same.</summary>
    public bool IsBuiltIn(string name) =>
        Trace is null && ActionFile.Find(name, DescribedIn).Action is { } action && BuiltInActions.Contains(action);

    /// <summary>
    /// Reads all of it, feeds and traces to their last line, so that no study begins that would end at a line of them.
    /// </summary>
    /// <param name="values">TRACE, ACTIONS and FEED.</param>
    /// <param name="service">SERVICE; null for none.</param>
    public static (AskedActions? Actions, string? Problem) Read(Values values, Service? service)
    {
        var file = service?.ActionFile ?? ActionFile.DefaultPath;
        if (values["TRACE"] is { Length: > 0 } trace)
        {
            var (plan, wrong) = ActionCheck.FindTrace(trace, file);
            return plan is null
                ? (null, $"TRACE='{trace}': {wrong}")
                : (new AskedActions([plan.Name], file) { Trace = plan.Trace, Feeds = [trace] }, null);
        }

        var feed = values["FEED"] is { Length: > 0 } named ? Feed.Open(named) : null;
        if (feed?.Problem is { } unreadable) return (null, $"FEED='{feed.Path}': {unreadable}");
        var (names, problem) = values.Words("ACTIONS") is { Count: > 0 } wanted ? (wanted, null) : Usual(file, feed, service);
        return problem is null ? ReadEach(names, file, feed, service) : (null, problem);
    }

    /// <summary>The built-in ones; of a service all that its file describes and that have the values they need.</summary>
    private static (IReadOnlyList<string> Names, string? Problem) Usual(string file, Feed? feed, Service? service)
    {
        if (service is null) return ([.. BuiltInActions.All.Select(action => action.Name)], null);
        var (actions, problem) = ActionFile.Read(File.ReadAllLines(file), file, feed);
        if (problem is not null) return ([], problem);
        var usable = actions.Values.Where(action => action.Problem is null || IsFeedToCome(feed, service));
        IReadOnlyList<string> names = [.. usable.Select(action => action.Name)];
        return (names, names.Count > 0 ? null : $"SERVICE='{service.Name}': {actions.Values.First().Problem}");
    }

    private static (AskedActions?, string?) ReadEach(IReadOnlyList<string> names, string file, Feed? feed, Service? service)
    {
        var feeds = new List<string>();
        var asked = $"ACTIONS='{string.Join(' ', names)}'";
        foreach (var name in names)
        {
            var (plan, problem) = service is null ? ActionCheck.Find(name, file, feed) : FindOfService(name, feed, service);
            if (plan is null) return (null, $"{(feed is null ? "" : $"FEED='{feed.Path}' ")}{asked}: {problem}");
            feeds.AddRange(plan.Parts.Select(part => part.Feed?.Path).OfType<string>());
        }

        return feed is not null && feeds.Count == 0
            ? (null, $"FEED='{feed.Path}': none of {asked} takes values from a feed: leave FEED out, or name others")
            : (new AskedActions(names, file) { Feeds = [.. feeds.Distinct()] }, null);
    }

    /// <summary>Whether a service's study.sh makes the feed when all is built; it is looked at when the study begins.</summary>
    private static bool IsFeedToCome(Feed? feed, Service service) => feed is null && service.PreparesStudies;

    /// <summary>What the blobs server is asked, no service knows.</summary>
    private static (ActionPlan? Action, string? Problem) FindOfService(string name, Feed? feed, Service service)
    {
        var file = service.ActionFile;
        var (actions, problem) = ActionFile.Read(File.ReadAllLines(file), file, feed);
        if (problem is not null) return (null, problem);
        if (!actions.TryGetValue(name, out var action))
            return (null, $"no action is called {name}; wanted: some of {string.Join(' ', actions.Keys)}, or [{name}] in {file}");
        return IsFeedToCome(feed, service) ? (action, null) : ActionCheck.Find(name, file, feed);
    }
}
