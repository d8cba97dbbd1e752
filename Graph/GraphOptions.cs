using Graph.Analysis.Comparing;

namespace Graph;

/// <summary>What the command line asks for.</summary>
internal sealed record GraphOptions
{
    public required IReadOnlyList<string> Inputs { get; init; }

    public required string OutputFolder { get; init; }

    /// <summary>Runs that each line of a results.txt adds up.</summary>
    public required int RunsPerRow { get; init; }

    public required DecisionRule Rule { get; init; }

    /// <summary>Another study to compare with; null for none.</summary>
    public string? Baseline { get; init; }

    /// <summary>Where the answers go as JSON; null for nowhere.</summary>
    public string? VerdictFile { get; init; }

    public bool SkipBad { get; init; }

    /// <summary>Whether pictures are drawn.</summary>
    public bool Pictures { get; init; } = true;

    /// <summary>Only say how many comparisons are open and what the answer is so far; nothing is written.</summary>
    public bool Look { get; init; }

    /// <summary>Whether the study ends with this look, whatever it shows.</summary>
    public bool IsFinal { get; init; }
}
