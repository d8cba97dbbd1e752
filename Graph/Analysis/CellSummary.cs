using Graph.Analysis.Comparing;
using Graph.Analysis.Estimating;
using Graph.Analysis.Flags;
using Graph.Analysis.Limits;
using Graph.Analysis.Scenarios;

namespace Graph.Analysis;

/// <summary>All that is to be said of one cell by itself.</summary>
internal sealed record CellSummary
{
    // Runs end when the last answer is there, a little after the last operation was due.
    private const double AllRatio = 0.97;

    public required Cell Cell { get; init; }

    /// <summary>
    /// Operations per second: the geometric mean over the units; null where no run counts, or only sums are known.
    /// </summary>
    public Interval? Throughput { get; init; }

    public Usage? Usage { get; init; }

    /// <summary>By step; empty where the runs hold no latencies.</summary>
    public IReadOnlyList<StepLatency> Latency { get; init; } = [];

    /// <summary>Whether all was done that was due; null where no rate was given.</summary>
    public bool? IsRateKept { get; init; }

    public Limiter? Limiter { get; init; }

    public IReadOnlyList<Flag> Flags { get; init; } = [];

    public static CellSummary Of(Cell cell, Conditions conditions, int mostRuns)
    {
        var usage = Usage.Of(cell, conditions);
        var latency = StepLatency.Of(cell);
        bool? isRateKept = conditions is { RatePerSecond: { } rate, Objective: null }
            ? cell.OperationsPerSecond >= AllRatio * rate
            : null;
        return new CellSummary
        {
            Cell = cell,
            Throughput = CellEstimate.Of(cell.Runs, DecisionRule.Default.Coverage),
            Usage = usage,
            Latency = latency,
            IsRateKept = isRateKept,
            Limiter = usage is null
                ? null
                : LimiterRule.Of(usage, conditions, StepLatency.RequestsUnderWay(cell, latency), isRateKept == true),
            Flags = [.. CellFlags.Of(cell, usage, conditions, mostRuns)],
        };
    }
}
