using Graph.Analysis.Estimating;

namespace Graph.Analysis.Comparing;

/// <summary>The throughput of one cell against that of another.</summary>
internal sealed record Comparison
{
    /// <summary>The cell that is judged.</summary>
    public required Cell Cell { get; init; }

    /// <summary>The cell that it is judged against.</summary>
    public required Cell Reference { get; init; }

    /// <summary>Above 1 where the judged cell is faster; null where one of the two has no right operation.</summary>
    public required double? Ratio { get; init; }

    /// <summary>What the ratio is known to; null where the input holds sums only, or no common blocks.</summary>
    public MedianInterval? Interval { get; init; }

    public required Answer Answer { get; init; }

    /// <summary>For an inconclusive answer: why, and what would help. Null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// For an inconclusive answer: the number of runs of each cell that would most likely decide; null when unknown.
    /// </summary>
    public int? RunsToDecide { get; init; }
}
