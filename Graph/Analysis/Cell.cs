namespace Graph.Analysis;

/// <summary>One action at one number of processes.</summary>
internal sealed record Cell
{
    public required int Procs { get; init; }

    public required string Action { get; init; }

    /// <summary>The runs in the order in which they were made; empty when only their sum is known.</summary>
    public required IReadOnlyList<Run> Runs { get; init; }

    /// <summary>Amount over the mean time of the runs, as results.txt gives it.</summary>
    public required double OperationsPerSecond { get; init; }
}
