namespace StudyPlan.Variables;

/// <summary>The names of actions: RequestClient's own, and those that a file describes.</summary>
internal static class ActionNames
{
    public const string DefaultFile = "actions.conf";
    private const string FeedWord = "feed ";

    public static IReadOnlyList<string> BuiltIn { get; } = ["baseline", "list", "put", "get", "flag", "delete"];

    /// <summary>The feeds that a file names, which lie in its folder.</summary>
    public static IEnumerable<string> Feeds(string file) => !File.Exists(file) ? []
        : [.. File.ReadLines(file).Select(line => line.Trim()).Where(line => line.StartsWith(FeedWord, StringComparison.Ordinal))
            .Select(line => PathOf(file, line)).Distinct()];

    /// <summary>Each [name] of a file whose feed, if it has one, is there.</summary>
    public static IReadOnlyList<string> WithTheirFeeds(string file)
    {
        var (names, name) = (new List<string>(), "");
        foreach (var line in File.Exists(file) ? File.ReadLines(file).Select(line => line.Trim()) : [])
        {
            if (line is ['[', .., ']']) names.Add(name = line[1..^1]);
            if (line.StartsWith(FeedWord, StringComparison.Ordinal) && !File.Exists(PathOf(file, line))) names.Remove(name);
        }

        return names;
    }

    /// <summary>Each [name] of a file; none where there is no file.</summary>
    public static IReadOnlyList<string> Described(string file) => !File.Exists(file) ? []
        : [.. File.ReadLines(file).Select(line => line.Trim()).Where(line => line is ['[', .., ']']).Select(line => line[1..^1])];

    private static string PathOf(string file, string line) => Path.Combine(Path.GetDirectoryName(file) ?? "", line[FeedWord.Length..].Trim());
}
