using RequestClient.Actions;
using RequestClient.Runs;
using StudyResults;

namespace RequestClient.Planned;

/// <summary>A group of planned runs: all that one pool of workers serves, and how each is made.</summary>
internal sealed record GroupOptions
{
    /// <summary>In their order.</summary>
    public required IReadOnlyList<PlannedRun> Runs { get; init; }

    /// <summary>What their actions are, by name.</summary>
    public required IReadOnlyDictionary<string, ActionPlan> Actions { get; init; }

    public required Uri Url { get; init; }

    public required string ControlPath { get; init; }

    public required string RecordFile { get; init; }

    /// <summary>The amount of a run is done again and again until so long has passed.</summary>
    public required TimeSpan AtLeast { get; init; }

    /// <summary>After so long a window ends, whatever the amount.</summary>
    public required TimeSpan AtMost { get; init; }

    /// <summary>How long each rate is tried by a run that searches the highest.</summary>
    public required TimeSpan Trial { get; init; }

    /// <summary>The longest warm-up of the pool, for each action.</summary>
    public required TimeSpan Warm { get; init; }

    /// <summary>The load before each window.</summary>
    public required TimeSpan Settle { get; init; }

    /// <summary>Limits to set once the pool is warm, by the supervisor's names for them; empty: left as they are.</summary>
    public required IReadOnlyDictionary<string, double?> Limits { get; init; }

    /// <summary>A shell command to run before each run, for instance one that empties the store; null for none.</summary>
    public string? Reset { get; init; }

    public string? CeilingFile { get; init; }

    /// <summary>Threads of the client.</summary>
    public int Threads { get; init; } = 1;

    public RunNotes Notes { get; init; } = new();

    public TimeSpan Timeout { get; init; } = RunOptions.UsualTimeout;

    /// <summary>How long, for the whole group, to wait for a disturbed machine to become quiet.</summary>
    public required TimeSpan Patience { get; init; }
}
