using Graph.Analysis.Scenarios;
using MathNet.Numerics.Statistics;
using StudyResults;

namespace Graph.Analysis.Variants;

/// <summary>How evenly requests met the workers.</summary>
/// <param name="BusiestRatio">The part of all requests that the busiest worker got: the median over the runs.</param>
/// <param name="BusiestLow">The same in the most even run.</param>
/// <param name="BusiestHigh">The same in the least even run.</param>
/// <param name="MostIdle">Workers without any request, in the run that had most of them.</param>
/// <param name="IdleRuns">Runs that had such a worker.</param>
internal sealed record WorkerShares(double BusiestRatio, double BusiestLow, double BusiestHigh, int MostIdle, int IdleRuns)
{
    public static WorkerShares? Of(Cell cell)
    {
        var runs = cell.Runs.Select(run => Serving(run.Record)).OfType<IReadOnlyList<long>>().Where(counts => counts.Sum() > 0)
            .ToList();
        if (runs.Count == 0) return null;
        var busiest = runs.Select(counts => (double)counts.Max() / counts.Sum()).ToList();
        var idle = runs.Select(counts => counts.Count(count => count == 0)).ToList();
        return new WorkerShares(busiest.Median(), busiest.Min(), busiest.Max(), idle.Max(), idle.Count(count => count > 0));
    }

    /// <summary>
    /// The workers of the pool that were idle on purpose got none, and that says nothing. They are numbered from one.
    /// </summary>
    private static IReadOnlyList<long>? Serving(RunRecord run) => (run.RequestsPerWorker, run.Serving) switch
    {
        ({ } counts, { Count: > 0 } serving) =>
            [.. serving.Where(worker => worker >= 1 && worker <= counts.Count).Select(worker => counts[worker - 1])],
        var (counts, _) => counts,
    };
}
