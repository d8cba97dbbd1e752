using System.Text;

namespace RequestClient.Actions;

/// <summary>The lines of a feed behind its first one, as bytes that are copied into requests.</summary>
internal sealed class FeedRows
{
    private readonly byte[] _bytes;

    /// <summary>
    /// For each row where its cells begin, and behind them one behind its end: a tab or line end lies between two.
    /// </summary>
    private readonly int[] _starts;
    private readonly int _columns;

    private readonly string _path;

    private FeedRows(string path, byte[] bytes, int[] starts, int columns)
    {
        _path = path;
        _bytes = bytes;
        _starts = starts;
        _columns = columns;
        Count = starts.Length / (columns + 1);
    }

    public int Count { get; }

    public ReadOnlySpan<byte> Cell(long row, int column)
    {
        var at = ((int)row * (_columns + 1)) + column;
        return _bytes.AsSpan(_starts[at], _starts[at + 1] - _starts[at] - 1);
    }

    /// <summary>Sees to it that a column can stand in a path or a header: printable ASCII, and a path has no space.</summary>
    /// <exception cref="RunFailedException">A cell of it can't.</exception>
    public void EnsureFitsHead(int column)
    {
        for (var row = 0; row < Count; row++)
        {
            if (!Cell(row, column).ContainsAnyExceptInRange((byte)'!', (byte)'~')) continue;
            var text = new string(
                [.. Encoding.UTF8.GetString(Cell(row, column)).Select(letter => char.IsControl(letter) ? ' ' : letter)]);
            throw new RunFailedException($"{PlaceOf(row, column)}: '{text}' can't stand in a path or a header: "
                + "write other bytes than printable ASCII as %XX");
        }
    }

    /// <summary>Where a cell stands, for messages: file, line and column, which counts bytes.</summary>
    public string PlaceOf(int row, int column)
    {
        var first = row * (_columns + 1);
        return FormattableString.Invariant($"{_path}:{row + 2}:{_starts[first + column] - _starts[first] + 1}");
    }

    /// <exception cref="RunFailedException">A line has not as many cells as there are columns, or there is none.</exception>
    public static FeedRows Read(Feed feed)
    {
        var bytes = ReadAll(feed.Path);
        var starts = new List<int>();
        var columns = feed.Columns.Count;
        var (number, at) = (1, EndOfLine(bytes, 0) + 1);
        for (; at < bytes.Length; at++)
        {
            number++;
            var end = EndOfLine(bytes, at);
            var (first, length) = (at, end > at && bytes[end - 1] == '\r' ? end - 1 - at : end - at);
            starts.Add(first);
            for (var index = 0; index < length; index++)
            {
                if (bytes[first + index] == '\t') starts.Add(first + index + 1);
            }

            starts.Add(first + length + 1);
            if (starts.Count != (number - 1) * (columns + 1))
                throw WrongCount(feed, number, starts.Count - 1 - ((number - 2) * (columns + 1)));
            at = end;
        }

        return number > 1
            ? new FeedRows(feed.Path, bytes, [.. starts], columns)
            : throw new RunFailedException($"the feed {feed.Path} has no line behind the names of its columns");
    }

    private static RunFailedException WrongCount(Feed feed, int line, int cells) =>
        new($"{feed.Path}:{line}:1: {cells} cells, and the first line names {feed.Columns.Count} columns "
            + $"({string.Join(' ', feed.Columns)}); wanted: tabs between");

    private static int EndOfLine(byte[] bytes, int from)
    {
        var length = bytes.AsSpan(Math.Min(from, bytes.Length)).IndexOf((byte)'\n');
        return length < 0 ? bytes.Length : from + length;
    }

    private static byte[] ReadAll(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"the feed {path} can't be read ({failure.Message})", failure);
        }
    }
}
