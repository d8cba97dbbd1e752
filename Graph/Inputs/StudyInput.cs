using StudyResults;

namespace Graph.Inputs;

/// <summary>What the inputs hold: runs, or rows of a table that holds no runs, or both.</summary>
internal sealed record StudyInput(IReadOnlyList<RunRecord> Records, IReadOnlyList<ResultsRow> Rows)
{
    /// <summary>Lines about what was left out, for stderr.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What the studies were asked for, as the plan.txt beside their runs tells it.</summary>
    public IReadOnlyList<string> Plan { get; init; } = [];

    /// <summary>
    /// The look at which a study ended because all was decided, the earliest of all inputs; null when all went on to their last
    /// block.
    /// </summary>
    public int? DecidedAfterBlocks { get; init; }
}

/// <summary>An input that was read, or the one line that says why it can't be.</summary>
internal sealed record InputReading(StudyInput? Input, string? Failure);
