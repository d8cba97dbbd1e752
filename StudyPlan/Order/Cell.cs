using StudyPlan.Variables;
using StudyResults;

namespace StudyPlan.Order;

/// <summary>What is compared: one action in one scenario on one number of server processes, reached in one way.</summary>
internal sealed record Cell
{
    public required string WayIn { get; init; }

    /// <summary>Null where there is none.</summary>
    public string? Store { get; init; }

    public required int Procs { get; init; }

    public required string Action { get; init; }

    public required Scenario Scenario { get; init; }

    public required int Concurrency { get; init; }

    /// <summary>
    /// The objective whose highest rate is searched; null for a closed loop, which asks how fast the servers are at all.
    /// </summary>
    public Objective? Objective { get; init; }

    /// <summary>Whether it is the smallest cell under its second label.</summary>
    public bool Control { get; init; }

    public static Cell Of(PlannedRun run) => new()
    {
        WayIn = run.Proxy,
        Store = run.Store,
        Procs = run.Procs,
        Action = run.Action,
        Scenario = new Scenario(run.Amount, run.SizeKiB),
        Concurrency = run.Concurrency,
        Objective = run.Objective,
        Control = run.Control,
    };

    /// <summary>Whether both measure the same, under whatever label.</summary>
    public bool IsSameAs(Cell other) => this with { Control = false } == other with { Control = false };
}
