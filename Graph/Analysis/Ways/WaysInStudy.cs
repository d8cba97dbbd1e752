using Graph.Analysis.Comparing;

namespace Graph.Analysis.Ways;

/// <summary>One action in scenarios that differ in nothing but the way in to the workers.</summary>
/// <param name="Key">What the scenarios have in common.</param>
/// <param name="Action">What was asked for.</param>
/// <param name="Reference">The way in that the others are compared with.</param>
/// <param name="Cells">By way in, then by processes.</param>
internal sealed record WaysInStudy(ScenarioKey Key, string Action, string Reference, IReadOnlyList<WayInCell> Cells)
{
    private const string UsualReference = "haproxy";

    public IReadOnlyList<string> Ways { get; } = [.. Cells.Select(cell => cell.WayIn).Distinct()];

    public IReadOnlyList<int> Counts { get; } = [.. Cells.Select(cell => cell.Procs).Distinct().Order()];

    /// <summary>A study for each action of each group of such scenarios; none where every scenario had one way in.</summary>
    public static IReadOnlyList<WaysInStudy> Of(IReadOnlyList<ScenarioAnalysis> analyses) =>
    [
        .. analyses.Where(analysis => analysis.Scenario.Key.Conditions.Proxy is not null)
            .GroupBy(analysis => Common(analysis.Scenario.Key)).Where(group => group.Count() > 1)
            .SelectMany(group => group.SelectMany(analysis => analysis.Actions).Select(action => action.Action).Distinct()
                .Select(action => Of(group.Key, action, [.. group]))),
    ];

    /// <summary>Whether the scenario is part of one of the studies.</summary>
    public static bool Covers(IReadOnlyList<WaysInStudy> studies, ScenarioKey scenario) =>
        scenario.Conditions.Proxy is not null && studies.Any(study => study.Key == Common(scenario));

    private static ScenarioKey Common(ScenarioKey key) => key with { Conditions = key.Conditions with { Proxy = null } };

    private static WaysInStudy Of(ScenarioKey key, string action, IReadOnlyList<ScenarioAnalysis> group)
    {
        var summaries = group
            .SelectMany(analysis => analysis.Cells.Where(cell => cell.Cell.Action == action).Select(cell => (WayIn: analysis.Scenario.Key.Conditions.Proxy!, Cell: cell)))
            .OrderBy(entry => entry.WayIn, StringComparer.Ordinal).ThenBy(entry => entry.Cell.Cell.Procs).ToList();
        var reference = summaries.Any(entry => entry.WayIn == UsualReference) ? UsualReference
            : summaries.GroupBy(entry => entry.WayIn).MaxBy(cells => cells.Count())!.Key;
        return new WaysInStudy(key, action, reference, [.. summaries.Select(entry => new WayInCell(entry.WayIn, entry.Cell)
        {
            Against = entry.WayIn == reference ? null : summaries.Where(other => other.WayIn == reference && other.Cell.Cell.Procs == entry.Cell.Cell.Procs)
                .Select(other => BlockComparison.Of(entry.Cell.Cell, other.Cell.Cell, group[0].Rule)).FirstOrDefault(),
            Shares = WorkerShares.Of(entry.Cell.Cell),
        })]);
    }
}

/// <summary>A number of processes that was reached in one way.</summary>
internal sealed record WayInCell(string WayIn, CellSummary Summary)
{
    public int Procs => Summary.Cell.Procs;

    /// <summary>Within blocks, against the way in that serves as reference, with as many processes; null where it has none.</summary>
    public Comparison? Against { get; init; }

    /// <summary>Null where nobody counted the workers' requests.</summary>
    public WorkerShares? Shares { get; init; }
}
