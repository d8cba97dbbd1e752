using Graph.Analysis.Comparing;
using Graph.Analysis.Estimating;
using Graph.Analysis.Flags;
using Graph.Analysis.Limits;

namespace Graph.Analysis;

/// <summary>All that is to be said of one cell by itself.</summary>
internal sealed record CellSummary
{
    public required Cell Cell { get; init; }

    /// <summary>Operations per second: the geometric mean over the units; null where no run counts, or only sums are known.</summary>
    public Interval? Throughput { get; init; }

    public Usage? Usage { get; init; }

    public Cost? Cost { get; init; }

    /// <summary>By step; empty where the runs hold no latencies.</summary>
    public IReadOnlyList<StepLatency> Latency { get; init; } = [];

    public Limiter? Limiter { get; init; }

    public IReadOnlyList<Flag> Flags { get; init; } = [];

    public static CellSummary Of(Cell cell, Conditions conditions, int mostRuns)
    {
        var usage = Usage.Of(cell, conditions);
        var latency = StepLatency.Of(cell);
        return new CellSummary
        {
            Cell = cell,
            Throughput = CellEstimate.Of(cell.Runs, DecisionRule.Default.Coverage),
            Usage = usage,
            Cost = Cost.Of(cell),
            Latency = latency,
            Limiter = usage is null ? null : LimiterRule.Of(usage, conditions, StepLatency.RequestsUnderWay(cell, latency)),
            Flags = [.. CellFlags.Of(cell, usage, conditions, mostRuns)],
        };
    }
}
