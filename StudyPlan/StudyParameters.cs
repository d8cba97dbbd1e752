namespace StudyPlan;

/// <summary>What a study compares, how often, and the seed that its order is drawn from.</summary>
internal sealed record StudyParameters
{
    public required IReadOnlyList<int> Procs { get; init; }

    public required IReadOnlyList<string> Actions { get; init; }

    public required IReadOnlyList<Scenario> Scenarios { get; init; }

    /// <summary>How requests come to the workers; some of <see cref="StudyPlan.WaysIn"/>.</summary>
    public IReadOnlyList<string> WaysIn { get; init; } = [StudyPlan.WaysIn.Standard];

    /// <summary>What else makes the study what it is, in lines of NAME VALUE.</summary>
    public IReadOnlyList<Variable> Kept { get; init; } = [];

    /// <summary>Runs of each cell, which is the number of blocks.</summary>
    public required int Runs { get; init; }

    public required int Seed { get; init; }

    /// <summary>Each way in with each number of processes that it can lead to: what servers are started for.</summary>
    public IEnumerable<(string WayIn, int Procs)> Groups =>
        WaysIn.SelectMany(_ => Procs, (wayIn, procs) => (wayIn, procs)).Where(group => StudyPlan.WaysIn.LeadsTo(group.wayIn, group.procs));
}
