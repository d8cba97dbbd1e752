using StudyResults;

namespace Graph.Analysis.Scenarios;

/// <summary>All cells that may be compared with each other.</summary>
internal sealed record Scenario
{
    public required ScenarioKey Key { get; init; }

    public required IReadOnlyList<Cell> Cells { get; init; }

    /// <summary>The table's rows where the runs themselves are known; empty when they are not.</summary>
    public IReadOnlyList<ResultsRow> Rows { get; init; } = [];

    /// <summary>What ran, with versions; null where the runs don't say.</summary>
    public string? Software =>
        Cells.SelectMany(cell => cell.Runs).Select(run => run.Record.Software).OfType<string>().Distinct().ToList() switch
        {
            [] => null,
            var software => string.Join("; ", software),
        };

    /// <summary>Runs that each figure is said to be the mean of; null where the runs themselves are known.</summary>
    public int? RunsPerRow { get; init; }
}
