namespace Graph.Analysis.Limits;

/// <summary>What one component used, as medians over the runs of a cell, in processors. Null is what nobody measured.</summary>
internal sealed record ComponentUsage
{
    /// <summary>Of its whole process tree.</summary>
    public required double Cores { get; init; }

    /// <summary>Of the thread that used the most.</summary>
    public double? BusiestThreadCores { get; init; }

    /// <summary>Periods in which its cap stopped it, over those in which it had something to run.</summary>
    public double? ThrottledRatio { get; init; }

    /// <summary>What it may use; null when not capped.</summary>
    public double? CapCores { get; init; }

    /// <summary>That a thread of it does nearly all of its work; null when nobody looked.</summary>
    public bool? HasOneBusyThread => BusiestThreadCores is { } thread ? thread >= LimiterRule.OneThreadRatio * Cores : null;
}
