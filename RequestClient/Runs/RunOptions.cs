using RequestClient.Actions;
using StudyResults;

namespace RequestClient.Runs;

/// <summary>One run, as it was asked for.</summary>
internal sealed record RunOptions
{
    public static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(10);

    public required ActionPlan Action { get; init; }

    /// <summary>Operations to do; at most so many when there is a duration, and 0 then means no bound.</summary>
    public required long Amount { get; init; }

    /// <summary>The amount is done again and again until so long has passed; null: once.</summary>
    public TimeSpan? AtLeast { get; init; }

    /// <summary>No operation begins after so long, whatever the amount; null for no bound.</summary>
    public TimeSpan? AtMost { get; init; }

    public required int SizeKiB { get; init; }

    public required Uri Url { get; init; }

    public required string User { get; init; }

    /// <summary>Header lines that every request carries.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    public required int Concurrency { get; init; }

    /// <summary>Threads that the connections are spread over.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The rate of an open loop; null for a closed one.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>
    /// Whether the operations of an open loop of a given duration are due at random moments; else evenly spaced.
    /// </summary>
    public bool ArrivesAtRandom { get; init; }

    /// <summary>What the search for the highest rate must keep; null when none is searched.</summary>
    public IReadOnlyList<Objective>? Objectives { get; init; }

    /// <summary>The longest warm-up; null for none.</summary>
    public TimeSpan? Warmup { get; init; }

    public TimeSpan? Duration { get; init; }

    public TimeSpan Timeout { get; init; } = UsualTimeout;

    public bool AllowErrors { get; init; }

    /// <summary>What must be running behind the URL, as far as it was said.</summary>
    public Metering.Expected Expected { get; init; } = new();

    public string? RecordFile { get; init; }

    public string? ControlPath { get; init; }

    public string? CeilingFile { get; init; }

    public RunNotes Notes { get; init; } = new();

    public string? PercentilesFile { get; init; }

    public bool Json { get; init; }

    /// <summary>The user that an action's requests name when nothing else is said: listings need one whose blobs stay.</summary>
    public static string UsualUser(ActionPlan action) => action.Name == "list" ? "study-list" : "study";
}
