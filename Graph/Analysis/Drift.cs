using Graph.Analysis.Scenarios;
using Graph.Analysis.Selecting;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Graph.Analysis;

/// <summary>A run against the median of its own cell, at its place among the runs of the scenario.</summary>
/// <param name="Place">From 1.</param>
/// <param name="Cell">The cell that it is a run of.</param>
/// <param name="Run">The run.</param>
/// <param name="Ratio">Its rate over the median rate of its cell.</param>
internal sealed record PlacedRun(int Place, Cell Cell, Run Run, double Ratio);

/// <summary>How the machine changed while the study ran, seen by runs that should all be like the others of their cell.</summary>
internal sealed record Drift
{
    private const double Significance = 0.01;
    private const int LeastRuns = 20;

    public required IReadOnlyList<PlacedRun> Runs { get; init; }

    /// <summary>Spearman's rank correlation of ratio and order: 1 when each run is faster than the one before.</summary>
    public required double RankCorrelation { get; init; }

    /// <summary>The median of the last quarter of the runs over that of the first.</summary>
    public required double LastOverFirst { get; init; }

    /// <summary>Whether it is more than chance.</summary>
    public bool IsNotable => Probability < Significance;

    /// <summary>
    /// That a correlation this strong comes by chance (t approximation, M. Kendall and J. Gibbons, Rank Correlation
    /// Methods).
    /// </summary>
    private double Probability
    {
        get
        {
            var freedom = Runs.Count - 2;
            var t = Math.Abs(RankCorrelation) * Math.Sqrt(freedom / Math.Max(1e-12, 1 - RankCorrelation * RankCorrelation));
            return 2 * StudentT.CDF(0, 1, freedom, -t);
        }
    }

    /// <summary>Null where too few runs know their place.</summary>
    public static Drift? Of(IEnumerable<Cell> cells)
    {
        var runs = cells.SelectMany(Ratios).OrderBy(run => run.Run.Record.StartedAt).ThenBy(run => run.Run.Record.Order)
            .Select((run, index) => run with { Place = index + 1 }).ToList();
        if (runs.Count < LeastRuns || runs.DistinctBy(run => run.Ratio).Count() == 1) return null;
        var quarter = runs.Count / 4;
        return new Drift
        {
            Runs = runs,
            RankCorrelation = Correlation.Spearman(runs.Select(run => (double)run.Place), runs.Select(run => run.Ratio)),
            LastOverFirst = runs.TakeLast(quarter).Select(run => run.Ratio).Median()
                / runs.Take(quarter).Select(run => run.Ratio).Median(),
        };
    }

    private static IEnumerable<PlacedRun> Ratios(Cell cell)
    {
        var right = cell.Runs.Where(run => run.Record is { Block: not null, Operations: > 0 }).ToList();
        if (right.Count < 2) return [];
        var median = right.Select(run => run.OperationsPerSecond).Median();
        return right.Select(run => new PlacedRun(0, cell, run, run.OperationsPerSecond / median));
    }
}
