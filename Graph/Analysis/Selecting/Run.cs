using StudyResults;

namespace Graph.Analysis.Selecting;

/// <summary>One measured run as the analysis sees it: its record, where it belongs, and whether it counts.</summary>
internal sealed record Run(RunRecord Record)
{
    public RunUse Use { get; init; }

    /// <summary>Null for a run that belongs to no block, as one by hand.</summary>
    public Block? Block { get; init; }

    public bool Counts => Use == RunUse.Counts;

    /// <summary>Whether it was made under the second label of the smallest cell.</summary>
    public bool IsControl => Record.Control == true;

    /// <summary>
    /// Right operations per second, zero when none was right; of a run that searched it, the highest rate that kept its
    /// objective.
    /// </summary>
    public double OperationsPerSecond => Record.OperationsPerSecond();

    public double LogRate => Math.Log(OperationsPerSecond);

    public long Failed => Record.Errors.Values.Sum();
}
