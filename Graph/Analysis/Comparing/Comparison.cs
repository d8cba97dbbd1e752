using Graph.Analysis.Estimating;

namespace Graph.Analysis.Comparing;

/// <summary>The throughput with some number of processes against that of another cell, judged.</summary>
internal sealed record Comparison
{
    /// <summary>Processes of the cell that is judged.</summary>
    public required int Procs { get; init; }

    /// <summary>Processes of the cell that it is judged against.</summary>
    public required int ReferenceProcs { get; init; }

    /// <summary>Above 1 where the judged cell is faster; null where one of the two has no right operation.</summary>
    public required double? Ratio { get; init; }

    /// <summary>
    /// What the ratio is known to, stretched to hold 1 where the family of all such comparisons can't exclude it; null where the
    /// input holds sums only, or no common blocks.
    /// </summary>
    public Interval? Interval { get; init; }

    public required Answer Answer { get; init; }

    /// <summary>Why the answer is inconclusive; null when it is not.</summary>
    public OpenReason? Reason { get; init; }

    /// <summary>
    /// For an inconclusive answer: the number of blocks that would most likely decide; null when unknown, or more than 500.
    /// </summary>
    public int? RunsToDecide { get; init; }

    public bool IsOpen => Answer == Answer.Inconclusive;
}
