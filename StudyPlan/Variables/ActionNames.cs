namespace StudyPlan.Variables;

/// <summary>The names of actions: RequestClient's own, and those that a file describes.</summary>
internal static class ActionNames
{
    public const string DefaultFile = "actions.conf";

    public static IReadOnlyList<string> BuiltIn { get; } = ["baseline", "list", "put", "get", "flag", "delete"];

    /// <summary>Each [name] of a file; none where there is no file.</summary>
    public static IReadOnlyList<string> Described(string file) => !File.Exists(file) ? []
        : [.. File.ReadLines(file).Select(line => line.Trim()).Where(line => line is ['[', .., ']']).Select(line => line[1..^1])];
}
