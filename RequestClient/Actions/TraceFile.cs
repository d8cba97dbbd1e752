using System.Buffers.Text;
using System.Text;

namespace RequestClient.Actions;

/// <summary>
/// A trace: a feed with the column `at`, the second at which a line's operation is due, with `action`, which says what it is, and
/// perhaps `status`, which its first request must be answered.
/// </summary>
internal static class TraceFile
{
    private const string At = "at";
    private const string Action = "action";
    private const string Status = "status";
    private const double MostSeconds = 7 * 24 * 3600;

    /// <summary>The trace as one action, called like its file.</summary>
    /// <param name="path">The trace.</param>
    /// <param name="actionFile">Where its actions are described.</param>
    public static (ActionPlan? Action, string? Error) Read(string path, string actionFile)
    {
        var feed = Feed.Open(path);
        if (feed.Problem is { } unreadable) return (null, unreadable);
        foreach (var needed in (string[])[At, Action])
        {
            if (!feed.Columns.Contains(needed))
                return (null, $"{path}:1:1: a trace has a column {needed}, and this has {string.Join(' ', feed.Columns)}");
        }

        try
        {
            var rows = feed.Rows;
            var (order, plans) = Sections(feed, rows, actionFile);
            var (plan, problem) = ActionPlan.Mix(NameOf(path), plans, order);
            return plan is null
                ? (null, $"{actionFile}: {problem}")
                : (plan with { Trace = new Trace(Dues(feed, rows), Statuses(feed, rows, order, plans)) }, null);
        }
        catch (RunFailedException failure)
        {
            return (null, failure.Message);
        }
    }

    /// <summary>A name that a plan and a table can hold.</summary>
    public static string NameOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return name.Length is > 0 and <= 60 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            && BuiltInActions.Find(name) is null ? name : "trace";
    }

    private static (int[] Order, List<ActionPlan> Plans) Sections(Feed feed, FeedRows rows, string actionFile)
    {
        var column = IndexOf(feed, Action);
        var order = new int[rows.Count];
        var plans = new List<ActionPlan>();
        var names = new List<byte[]>();
        for (var row = 0; row < order.Length; row++)
        {
            var cell = rows.Cell(row, column);
            var known = 0;
            while (known < names.Count && !cell.SequenceEqual(names[known])) known++;
            if (known == names.Count)
            {
                names.Add(cell.ToArray());
                var (plan, error) = ActionFile.Find(Encoding.UTF8.GetString(cell), actionFile, feed);
                if (plan is null) throw Wrong(rows, row, column, error!);
                if (plan.Mixed is not null)
                    throw Wrong(rows, row, column, $"{plan.Name} is a mix: a trace names one action a line");
                plans.Add(plan);
            }

            order[row] = known;
        }

        return (order, plans);
    }

    private static long[] Dues(Feed feed, FeedRows rows)
    {
        var column = IndexOf(feed, At);
        var dues = new long[rows.Count];
        for (var row = 0; row < dues.Length; row++)
        {
            var cell = rows.Cell(row, column);
            var isNumber = Utf8Parser.TryParse(cell, out double seconds, out var used) && used == cell.Length
                && seconds is >= 0 and <= MostSeconds;
            if (!isNumber)
            {
                throw Wrong(
                    rows, row, column, $"'{Encoding.UTF8.GetString(cell)}' is no number of seconds from 0 to {MostSeconds}");
            }

            dues[row] = (long)(seconds * 1e9);
            if (row > 0 && dues[row] < dues[row - 1])
                throw Wrong(rows, row, column, "it is due before the line above it: sort them by time");
        }

        return dues;
    }

    private static int[]? Statuses(Feed feed, FeedRows rows, int[] order, List<ActionPlan> plans)
    {
        if (!feed.Columns.Contains(Status)) return null;
        var column = IndexOf(feed, Status);
        var statuses = new int[rows.Count];
        for (var row = 0; row < statuses.Length; row++)
        {
            var cell = rows.Cell(row, column);
            var wanted = plans[order[row]].Steps[0].Wanted;
            var isNumber = Utf8Parser.TryParse(cell, out statuses[row], out var used) && used == cell.Length;
            var status = statuses[row];
            if (!isNumber || !wanted.Any(reply => reply.Status == status))
            {
                throw Wrong(
                    rows, row, column, $"'{Encoding.UTF8.GetString(cell)}' is no status of "
                        + $"[{plans[order[row]].Name}], which knows "
                    + string.Join(' ', wanted.Select(reply => reply.Status).Distinct()));
            }
        }

        return statuses;
    }

    private static int IndexOf(Feed feed, string name) => feed.Columns.Index().First(column => column.Item == name).Index;

    private static RunFailedException Wrong(FeedRows rows, int row, int column, string reason) =>
        new($"{rows.PlaceOf(row, column)}: {reason}");
}
