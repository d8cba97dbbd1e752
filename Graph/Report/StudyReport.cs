using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Analysis.Variants;
using StudyResults;

namespace Graph.Report;

/// <summary>Everything that a report tells, in whatever form it is written.</summary>
internal sealed record StudyReport
{
    public required DecisionRule Rule { get; init; }

    public required IReadOnlyList<ScenarioAnalysis> Analyses { get; init; }

    /// <summary>Scenarios that differ in the way in, the store or the connections alone, side by side.</summary>
    public IReadOnlyList<VariantStudy> Variants { get; init; } = [];

    /// <summary>The same cells of another study; empty without --baseline.</summary>
    public IReadOnlyList<StudyComparison> Baseline { get; init; } = [];

    /// <summary>What was left out of the input and why.</summary>
    public IReadOnlyList<string> InputWarnings { get; init; } = [];

    /// <summary>
    /// What the study was asked for, as plan.txt tells it: "seed 4711"; empty where there is no plan beside the runs.
    /// </summary>
    public IReadOnlyList<string> Plan { get; init; } = [];

    public IEnumerable<RunRecord> Records =>
        Analyses.SelectMany(analysis => analysis.Scenario.Cells).SelectMany(cell => cell.AllRuns).Select(run => run.Record);
}
