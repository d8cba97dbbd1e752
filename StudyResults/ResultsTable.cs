using System.Globalization;

namespace StudyResults;

/// <summary>
/// results.txt: one line a cell and five columns, <c>procs action amount size seconds</c>, with the size in KiB, the
/// seconds accumulated over the runs, and numbers in invariant culture. The original study's files have this shape too.
/// </summary>
public static class ResultsTable
{
    /// <summary>More processes than any study has; a larger number is a damaged line.</summary>
    public const int MostProcs = 1024;

    /// <summary>The original study's number of runs.</summary>
    private const int MostRuns = 5;

    private const double ShortestSeconds = 1e-6;
    private const double LongestSeconds = 1e9;
    private const int LongestAction = 60;

    /// <summary>The actions in the order in which tables and pictures show them.</summary>
    public static IReadOnlyList<string> Actions { get; } = ["baseline", "list", "put", "get", "flag", "delete"];

    /// <summary>The order of the actions; those that the seed does not know come last, by name.</summary>
    public static IComparer<string> ActionOrder { get; } = Comparer<string>.Create((left, right) =>
        (Rank(left), Rank(right)) switch
        {
            var (a, b) when a != b => a.CompareTo(b),
            _ => string.CompareOrdinal(left, right),
        });

    /// <summary>
    /// The table of these runs. Seconds are those that <c>Amount</c> right operations took: a run with failed operations
    /// counts as proportionally longer, one with no right operation at all has no figure and is left out, and so is a run
    /// that does not know its process count or that has no amount because its duration ended it.
    /// Of runs that searched a capacity they are those that Amount operations take at that rate.
    /// Of more than five runs the seconds are five times their mean, so that cells of any study can be put side by side.
    /// Runs under different conditions must not be given together: the five columns cannot tell them apart.
    /// </summary>
    public static IReadOnlyList<ResultsRow> From(IEnumerable<RunRecord> records) =>
    [
        .. Ordered(records
            .Where(run => run.Procs is not null && run.Operations > 0 && run.Amount > 0)
            .GroupBy(run => (Procs: run.Procs!.Value, run.Action, run.Amount, run.SizeKiB))
            .Select(cell => new ResultsRow(
                cell.Key.Procs, cell.Key.Action, cell.Key.Amount, cell.Key.SizeKiB,
                SecondsOf([.. cell.Select(run => run.Amount / run.OperationsPerSecond())])))),
    ];

    private static double SecondsOf(IReadOnlyCollection<double> runs) =>
        runs.Count > MostRuns ? runs.Average() * MostRuns : runs.Sum();

    /// <summary>Writes the rows ordered by processes, then action, then scenario.</summary>
    public static void Write(TextWriter writer, IEnumerable<ResultsRow> rows)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (var row in Ordered(rows))
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture,
                $"{row.Procs} {row.Action} {row.Amount} {row.SizeKiB} {row.Seconds:0.000000}\n"));
        }
    }

    /// <summary>Reads a table; blank lines are nothing, and a line that repeats a cell is a fault.</summary>
    public static ResultsReading Read(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var rows = new List<ResultsRow>();
        var faults = new List<ResultsFault>();
        var firstLines = new Dictionary<(int, string, long, int), int>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            var columns = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length == 0) continue;
            var (row, problem) = Parse(columns);
            if (row is not null && !firstLines.TryAdd((row.Procs, row.Action, row.Amount, row.SizeKiB), number))
            {
                problem = $"repeats the cell of line {firstLines[(row.Procs, row.Action, row.Amount, row.SizeKiB)]}";
            }

            if (problem is null) rows.Add(row!);
            else faults.Add(new ResultsFault(number, problem));
        }

        return new ResultsReading(rows, faults);
    }

    private static (ResultsRow? Row, string? Problem) Parse(string[] columns)
    {
        if (columns.Length != 5)
            return (null, $"has {columns.Length} columns, not the five of 'procs action amount size seconds'");
        if (!TryInteger(columns[0], 1, MostProcs, out var procs))
            return (null, $"procs is {Shown(columns[0])}, not a number from 1 to {MostProcs}");
        if (columns[1].Length > LongestAction || !columns[1].All(IsNameLetter))
            return (null, $"action is {Shown(columns[1])}, not a name such as baseline or put");
        if (!TryInteger(columns[2], 1, long.MaxValue, out var amount))
            return (null, $"amount is {Shown(columns[2])}, not a number of operations from 1");
        if (!TryInteger(columns[3], 0, int.MaxValue, out var size))
            return (null, $"size is {Shown(columns[3])}, not a number of KiB from 0");
        if (!double.TryParse(columns[4], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            || !(seconds is >= ShortestSeconds and <= LongestSeconds))
        {
            return (null, $"seconds is {Shown(columns[4])}, not a number of seconds such as 12.5");
        }

        return (new ResultsRow((int)procs, columns[1], amount, (int)size, seconds), null);
    }

    private static bool TryInteger(string text, long least, long most, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;

    private static bool IsNameLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '+' or '.';

    /// <summary>A damaged value may hold anything: control characters would act on the terminal that shows the message.</summary>
    private static string Shown(string value)
    {
        var start = value.Length > 24 ? value[..24] + "..." : value;
        return $"'{string.Concat(start.Select(letter => letter is >= ' ' and <= '~' ? letter : '?'))}'";
    }

    private static int Rank(string action)
    {
        for (var place = 0; place < Actions.Count; place++)
        {
            if (Actions[place] == action) return place;
        }

        return Actions.Count;
    }

    private static IEnumerable<ResultsRow> Ordered(IEnumerable<ResultsRow> rows) =>
        rows.OrderBy(row => row.Procs).ThenBy(row => row.Action, ActionOrder)
            .ThenBy(row => row.SizeKiB).ThenBy(row => row.Amount);
}
