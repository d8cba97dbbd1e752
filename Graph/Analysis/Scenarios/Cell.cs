using Graph.Analysis.Selecting;
using MathNet.Numerics.Statistics;
using StudyResults;

namespace Graph.Analysis.Scenarios;

/// <summary>One action at one number of processes.</summary>
internal sealed record Cell
{
    public required int Procs { get; init; }

    public required string Action { get; init; }

    /// <summary>
    /// The runs that count, in the order in which they were made, those of the control's label among them; empty when only their
    /// sum is known, or when none counts.
    /// </summary>
    public required IReadOnlyList<Run> Runs { get; init; }

    /// <summary>The runs that don't count, each with the reason.</summary>
    public IReadOnlyList<Run> OtherRuns { get; init; } = [];

    public IEnumerable<Run> AllRuns => Runs.Concat(OtherRuns);

    /// <summary>
    /// The cell's estimate: the geometric mean over the units of analysis; 0 where there was no right operation.
    /// </summary>
    public required double OperationsPerSecond { get; init; }

    /// <summary>The median over the runs that count and have the figure; null where none has.</summary>
    public double? Median(Func<RunRecord, double?> figure) => Figures(figure) is { Count: > 0 } figures ? figures.Median() : null;

    /// <summary>Their mean, for figures that are to add up.</summary>
    public double? Mean(Func<RunRecord, double?> figure) => Figures(figure) is { Count: > 0 } figures ? figures.Average() : null;

    private List<double> Figures(Func<RunRecord, double?> figure) =>
        [.. Runs.Select(run => figure(run.Record)).OfType<double>().Where(double.IsFinite)];
}
