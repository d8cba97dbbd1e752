namespace Graph;

/// <summary>What the command line asks for.</summary>
internal sealed record GraphOptions
{
    public required IReadOnlyList<string> Inputs { get; init; }

    public required string OutputFolder { get; init; }

    /// <summary>Runs that each line of a results.txt adds up.</summary>
    public required int RunsPerRow { get; init; }

    public bool SkipBad { get; init; }
}
