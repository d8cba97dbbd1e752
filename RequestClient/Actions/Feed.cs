using System.Text;

namespace RequestClient.Actions;

/// <summary>
/// A file of values for operations: a header line that names the columns, tabs between, and a line for each operation.
/// </summary>
internal sealed class Feed
{
    private readonly Lazy<FeedRows> _rows;

    private Feed(string path, IReadOnlyList<string> columns, string? problem)
    {
        Path = path;
        Columns = columns;
        Problem = problem;
        _rows = new Lazy<FeedRows>(() => FeedRows.Read(this));
    }

    public string Path { get; }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>Why it can't be used; null when its first line is right. The columns are unknown then.</summary>
    public string? Problem { get; }

    /// <summary>Its lines, read when they are first asked for.</summary>
    /// <exception cref="RunFailedException">A line is wrong, or there is none.</exception>
    public FeedRows Rows => _rows.Value;

    /// <summary>Reads a feed's first line; null when none is named.</summary>
    public static Feed? OpenOrNone(string? path) => path is null ? null : Open(path);

    /// <summary>Reads a feed's first line.</summary>
    public static Feed Open(string path)
    {
        try
        {
            PlainFile.Ensure(path);
            using var reader = new StreamReader(path, Encoding.UTF8);
            var columns = (reader.ReadLine() ?? "").Split('\t');
            return ProblemOf(columns) is { } problem
                ? new Feed(path, [], $"{path}:1:{problem.Column}: {problem.Reason}")
                : new Feed(path, columns, null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Feed(
                path, [], $"{path} can't be read ({failure.Message.TrimEnd('.')}): name a file of values, tabs between them");
        }
    }

    private static TextProblem? ProblemOf(string[] columns)
    {
        var at = 1;
        for (var index = 0; index < columns.Length; index++)
        {
            if (Places.ProblemOf(columns[index]) is { } problem)
                return new TextProblem(at, $"the first line names the columns, tabs between: {problem}");
            if (columns.AsSpan(0, index).Contains(columns[index]))
                return new TextProblem(at, $"two columns are called {columns[index]}");
            at += columns[index].Length + 1;
        }

        return null;
    }
}
