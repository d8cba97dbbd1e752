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
            .Select(group =>
            {
                var rows = ResultsTable.From(group);
                var cells = Cells(group, rows);
                return new Scenario { Key = group.Key, Cells = cells, Rows = rows };
            }),
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
        Machine = $"{record.Machine.CpuModel}, {Words.Count(record.Machine.Cores, "processor")}",
    });

    private static IReadOnlyList<Cell> Cells(IEnumerable<RunRecord> records, IReadOnlyList<ResultsRow> rows)
    {
        var seconds = rows.ToDictionary(row => (row.Procs, row.Action), row => row.Seconds);
        return
        [
            .. InOrder(records.GroupBy(record => (Procs: record.Procs!.Value, record.Action)).Select(group =>
            {
                var runs = group.OrderBy(record => record.StartedAt).Select(record => new Run(record)).ToList();
                var counted = runs.Count(run => run.Record.Operations > 0);
                return new Cell
                {
                    Procs = group.Key.Procs,
                    Action = group.Key.Action,
                    Runs = runs,
                    OperationsPerSecond = counted == 0 ? 0 : runs[0].Record.Amount * counted / seconds[group.Key],
                };
            })),
        ];
    }

    private static IEnumerable<Cell> InOrder(IEnumerable<Cell> cells) =>
        cells.OrderBy(cell => cell.Action, ResultsTable.ActionOrder).ThenBy(cell => cell.Procs);
}
