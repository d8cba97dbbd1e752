using StudyResults;

namespace Graph.Analysis;

/// <summary>Sorts runs, or the rows of a table, into scenarios and cells.</summary>
internal static class ScenarioBuilder
{
    public static IReadOnlyList<Scenario> FromRecords(IEnumerable<RunRecord> records) =>
    [
        .. records.Where(record => record.Procs is not null).GroupBy(KeyOf)
            .OrderBy(group => group.Key.Conditions.ToString(), StringComparer.Ordinal)
            .ThenBy(group => group.Key.SizeKiB).ThenBy(group => group.Key.Amount)
            .Select(group => new Scenario { Key = group.Key, Cells = Cells(group), Rows = ResultsTable.From(group) }),
    ];

    /// <param name="rows">What results.txt holds.</param>
    /// <param name="runsPerRow">The number of runs whose seconds each row adds up.</param>
    public static IReadOnlyList<Scenario> FromRows(IEnumerable<ResultsRow> rows, int runsPerRow) =>
    [
        .. rows.GroupBy(row => new ScenarioKey(row.Amount, row.SizeKiB, new Conditions()))
            .OrderBy(group => group.Key.SizeKiB).ThenBy(group => group.Key.Amount)
            .Select(group =>
            {
                IReadOnlyList<Cell> cells =
                [
                    .. InOrder(group.Select(row => new Cell
                    {
                        Procs = row.Procs,
                        Action = row.Action,
                        Runs = [],
                        OperationsPerSecond = row.Amount * runsPerRow / row.Seconds,
                    })),
                ];
                return new Scenario { Key = group.Key, Cells = cells, RunsPerRow = runsPerRow };
            }),
    ];

    private static ScenarioKey KeyOf(RunRecord record) => new(record.Amount, record.SizeKiB, new Conditions
    {
        Concurrency = record.Concurrency,
        Proxy = record.Proxy,
        Store = record.Store,
        Durability = record.Durability,
        CpuLimit = record.CpuLimit,
        DurationSeconds = record.DurationSeconds,
        RatePerSecond = record.OpenLoop?.RatePerSecond,
        Machine = $"{record.Machine.CpuModel}, {Words.Count(record.Machine.Cores, "processor")}",
    });

    private static IReadOnlyList<Cell> Cells(IEnumerable<RunRecord> records) =>
        [
            .. InOrder(records.GroupBy(record => (Procs: record.Procs!.Value, record.Action)).Select(group =>
            {
                var runs = group.OrderBy(record => record.StartedAt).Select(record => new Run(record)).ToList();
                // Amount over mean time, as results.txt has it: the harmonic mean of the rates.
                var right = runs.Where(run => run.Record.Operations > 0).ToList();
                return new Cell
                {
                    Procs = group.Key.Procs,
                    Action = group.Key.Action,
                    Runs = runs,
                    OperationsPerSecond = right.Count == 0 ? 0 : right.Count / right.Sum(run => 1 / run.OperationsPerSecond),
                };
            })),
        ];

    private static IEnumerable<Cell> InOrder(IEnumerable<Cell> cells) =>
        cells.OrderBy(cell => cell.Action, ResultsTable.ActionOrder).ThenBy(cell => cell.Procs);
}
