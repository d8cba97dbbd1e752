using System.Globalization;

namespace StudyPlan.Variables;

/// <summary>What a study has to know of the load that it replays; RequestClient looks at every line before it asks anything.</summary>
/// <param name="Name">What its runs are called: the file's name.</param>
/// <param name="Operations">Its lines.</param>
/// <param name="Length">When the last one is due.</param>
internal sealed record TraceSummary(string Name, long Operations, TimeSpan Length)
{
    private const string At = "at";
    private const string Action = "action";

    /// <summary>Null when none is named; or what is wrong with it.</summary>
    /// <param name="file">TRACE.</param>
    /// <param name="actions">Actions that there are.</param>
    /// <param name="actionFile">Where others could be described.</param>
    public static (TraceSummary? Trace, string? Problem) Read(string file, IReadOnlyList<string> actions, string actionFile)
    {
        if (file.Length == 0) return (null, null);
        using var lines = File.ReadLines(file).GetEnumerator();
        var columns = lines.MoveNext() ? lines.Current.Split('\t') : [];
        var (at, action) = (Array.IndexOf(columns, At), Array.IndexOf(columns, Action));
        if (at < 0 || action < 0) return Wrong($"its first line names no column {(at < 0 ? At : Action)}; wanted: {At}, {Action} and others, tabs between");
        var (operations, seconds) = (0L, 0.0);
        while (lines.MoveNext())
        {
            var cells = lines.Current.Split('\t');
            operations++;
            if (cells.Length != columns.Length) return Wrong($"line {operations + 1} has {cells.Length} cells, and the first line names {columns.Length}");
            if (!actions.Contains(cells[action])) return Wrong($"line {operations + 1}: no action is called {cells[action]}; wanted: some of {string.Join(' ', actions)}, or [{cells[action]}] in {actionFile}");
            if (!double.TryParse(cells[at], NumberStyles.Float, CultureInfo.InvariantCulture, out seconds))
                return Wrong($"line {operations + 1}: '{cells[at]}' is no number of seconds");
        }

        return operations > 0 ? (new TraceSummary(NameOf(file), operations, TimeSpan.FromSeconds(seconds)), null) : Wrong("it has no line behind the names of its columns");

        (TraceSummary?, string?) Wrong(string reason) => (null, $"TRACE='{file}': {reason}");
    }

    /// <summary>A scenario of so many operations, with blobs as large as another's.</summary>
    public string ScenarioLike(string other) =>
        new Scenario(Operations, Scenario.TryParse(other, out var scenario) ? scenario.SizeKiB : 0).ToString();

    /// <summary>As RequestClient calls it.</summary>
    private static string NameOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return name.Length is > 0 and <= 60 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            && !ActionNames.BuiltIn.Contains(name) ? name : "trace";
    }
}
