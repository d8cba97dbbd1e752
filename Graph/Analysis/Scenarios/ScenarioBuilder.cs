using Graph.Analysis.Estimating;
using Graph.Analysis.Selecting;
using Graph.Spelling;
using StudyResults;

namespace Graph.Analysis.Scenarios;

/// <summary>Sorts runs, or the rows of a table, into scenarios and cells.</summary>
internal static class ScenarioBuilder
{
    public static IReadOnlyList<Scenario> FromRecords(IEnumerable<RunRecord> records)
    {
        var known = records.Where(record => record.Procs is not null).ToList();
        var units = new Units(known);
        return
        [
            .. known.GroupBy(KeyOf)
                .OrderBy(group => group.Key.Conditions.Concurrency).ThenBy(group => group.Key.Conditions.RatePerSecond)
                .ThenBy(group => group.Key.Conditions.ToString(), StringComparer.Ordinal)
                .ThenBy(group => group.Key.SizeKiB).ThenBy(group => group.Key.Amount)
                .Select(group => FromRuns(group.Key, RunSelection.Of(group, units))),
        ];
    }

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

    /// <summary>What must be equal before two runs are the same cell's.</summary>
    public static ScenarioKey KeyOf(RunRecord record) => new(record.Amount, record.SizeKiB, new Conditions
    {
        Concurrency = record.Concurrency,
        Proxy = record.Proxy,
        Store = record.Store,
        StoreEngine = record.StoreEngine,
        ProxyCpuLimit = record.ProxyCpuLimit,
        StoreCpuLimit = record.StoreCpuLimit,
        CpuSet = record.CpuSet is { } set
            ? $"client {set.Client ?? "any"}, proxy {set.Proxy ?? "any"}, workers {set.Workers ?? "any"}, store {set.Store ?? "any"}"
            : null,
        Durability = record.Durability,
        CpuLimit = record.CpuLimit,
        DurationSeconds = record.DurationSeconds,
        // The rates of its trials are what such a run is about, and no condition of it.
        RatePerSecond = record.Capacity is null ? record.OpenLoop?.RatePerSecond : null,
        Objective = record.Capacity?.Objective,
        Machine = $"{record.Machine.CpuModel}, {Words.Count(record.Machine.Cores, "processor")}",
    });

    private static Scenario FromRuns(ScenarioKey key, IReadOnlyList<Run> runs) => new()
    {
        Key = key,
        Cells = [.. InOrder(
            runs.GroupBy(run => (Procs: run.Record.Procs!.Value, run.Record.Action)).Select(cell => Of(cell.Key, cell)))],
        // The control is the same cell once more: a row of its own would be a second one for it.
        Rows = ResultsTable.From(runs.Where(run => run is { Counts: true, IsControl: false }).Select(run => run.Record)),
    };

    private static Cell Of((int Procs, string Action) place, IEnumerable<Run> all)
    {
        var runs = all.OrderBy(run => run.Record.StartedAt).ToList();
        IReadOnlyList<Run> counting = [.. runs.Where(run => run.Counts)];
        return new Cell
        {
            Procs = place.Procs,
            Action = place.Action,
            Runs = counting,
            OtherRuns = [.. runs.Where(run => !run.Counts)],
            OperationsPerSecond = CellEstimate.PointOf(counting),
        };
    }

    private static IEnumerable<Cell> InOrder(IEnumerable<Cell> cells) =>
        cells.OrderBy(cell => cell.Action, ResultsTable.ActionOrder).ThenBy(cell => cell.Procs);
}
