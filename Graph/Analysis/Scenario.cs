using StudyResults;

namespace Graph.Analysis;

/// <summary>All cells that may be compared with each other.</summary>
internal sealed record Scenario
{
    public required ScenarioKey Key { get; init; }

    public required IReadOnlyList<Cell> Cells { get; init; }

    /// <summary>The table's rows where the runs themselves are known; empty when they are not.</summary>
    public IReadOnlyList<ResultsRow> Rows { get; init; } = [];

    /// <summary>Runs that each figure is said to be the mean of; null where the runs themselves are known.</summary>
    public int? RunsPerRow { get; init; }
}
