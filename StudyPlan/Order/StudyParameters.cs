using System.Globalization;
using StudyPlan.Variables;
using StudyResults;

namespace StudyPlan.Order;

/// <summary>What a study compares, how often at least, how long at most, and the seed that its order is drawn from.</summary>
internal sealed record StudyParameters
{
    /// <summary>Ascending, each once.</summary>
    public required IReadOnlyList<int> Procs { get; init; }

    public required IReadOnlyList<string> Actions { get; init; }

    public required IReadOnlyList<Scenario> Scenarios { get; init; }

    public IReadOnlyList<int> Concurrency { get; init; } = [10];

    /// <summary>How requests come to the workers; some of <see cref="Variables.WaysIn"/>.</summary>
    public IReadOnlyList<string> WaysIn { get; init; } = [Variables.WaysIn.Standard];

    /// <summary>Names of the stores that are compared; a single null where there is none.</summary>
    public IReadOnlyList<string?> Stores { get; init; } = [null];

    /// <summary>What the highest rates are searched for; a single null for closed loops.</summary>
    public IReadOnlyList<Objective?> Objectives { get; init; } = [null];

    /// <summary>Whether one pool of workers serves all numbers of processes, where the way in can switch.</summary>
    public bool Pool { get; init; } = true;

    /// <summary>How long the load lasts that is replayed; null when actions are repeated.</summary>
    public TimeSpan? TraceLength { get; init; }

    /// <summary>Whether the smallest cells are measured a second time in each block.</summary>
    public bool Control { get; init; } = true;

    /// <summary>The least number of blocks.</summary>
    public required int Runs { get; init; }

    /// <summary>The most time for measuring; zero: exactly <see cref="Runs"/> blocks.</summary>
    public TimeSpan Budget { get; init; }

    /// <summary>The most that each start of the servers may take to warm up.</summary>
    public TimeSpan WarmUp { get; init; }

    public required int Seed { get; init; }

    /// <summary>Every cell, those of the control included.</summary>
    public IReadOnlyList<Cell> Cells =>
    [
        .. from wayIn in WaysIn
           from store in Stores
           from procs in Procs
           where Variables.WaysIn.LeadsTo(wayIn, procs)
           from control in Control && procs == Procs[0] ? [false, true] : (bool[])[false]
           from connections in Concurrency
           from action in Actions
           from scenario in Scenarios
           from objective in Objectives
           select new Cell
           {
               WayIn = wayIn,
               Store = store,
               Procs = procs,
               Action = action,
               Scenario = scenario,
               Concurrency = connections,
               Objective = objective,
               Control = control,
           },
    ];

    /// <summary>What servers a cell needs; cells of one group share a start of them.</summary>
    public Group GroupOf(Cell cell) => Pool && TraceLength is null && Variables.WaysIn.CanSwitch(cell.WayIn)
        ? new Group(cell.WayIn, cell.Store, Procs[^1], Control: false)
        // A negative control must differ from its cell in all that two cells differ in: here the start of the servers.
        : new Group(cell.WayIn, cell.Store, cell.Procs, cell.Control);

    /// <summary>From values that were checked.</summary>
    public static StudyParameters From(Values values, StudyWorld world) => new()
    {
        Procs = [.. Numbers(values, "PROCS").Order()],
        Actions = world.Asked.Names,
        Scenarios = [.. values.Words("SCENARIOS").Select(word => Scenario.TryParse(word, out var scenario) ? scenario : default)],
        Concurrency = Numbers(values, "CONCURRENCY"),
        WaysIn = values.Words("PROXY"),
        Stores = world.Stores.Count == 0 ? [null] : [.. world.Stores.Select(store => store.Name)],
        Objectives = values.Words("CAPACITY") is { Count: > 0 } objectives ? [.. objectives.Select(Objective.Parse)] : [null],
        Pool = values["POOL"] == "yes",
        TraceLength = world.Asked.Trace?.Length,
        Control = values["CONTROL"] == "yes",
        Runs = Number(values["RUNS"]),
        Budget = TimeText.Parse(values["BUDGET"]) ?? TimeSpan.Zero,
        WarmUp = TimeText.Parse(values["WARMUP"]) ?? TimeSpan.Zero,
        Seed = Number(values["SEED"]),
    };

    private static IReadOnlyList<int> Numbers(Values values, string name) => [.. values.Words(name).Select(Number)];

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
