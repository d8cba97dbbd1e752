namespace StudyPlan;

/// <summary>What a study compares, how often, and the seed that its order is drawn from.</summary>
internal sealed record StudyParameters
{
    public required IReadOnlyList<int> Procs { get; init; }

    public required IReadOnlyList<string> Actions { get; init; }

    public required IReadOnlyList<Scenario> Scenarios { get; init; }

    /// <summary>Runs of each cell, which is the number of blocks.</summary>
    public required int Runs { get; init; }

    public required int Seed { get; init; }
}
