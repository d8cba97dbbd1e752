using RequestClient.Actions;
using RequestClient.Search;

namespace RequestClient;

/// <summary>One run, as the command line asks for it.</summary>
internal sealed record RunOptions
{
    public required ActionPlan Action { get; init; }

    /// <summary>Operations to do; at most so many when there is a duration, and 0 then means no bound.</summary>
    public required long Amount { get; init; }

    public required int SizeKiB { get; init; }

    public required Uri Url { get; init; }

    public required string User { get; init; }

    /// <summary>Header lines that every request carries.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    public required int Concurrency { get; init; }

    /// <summary>The rate of an open loop; null for a closed one.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>What the search for the highest rate must keep; null when none is searched.</summary>
    public IReadOnlyList<Objective>? Objectives { get; init; }

    /// <summary>The longest warm-up; null for none.</summary>
    public TimeSpan? Warmup { get; init; }

    public TimeSpan? Duration { get; init; }

    public required TimeSpan Timeout { get; init; }

    public bool AllowErrors { get; init; }

    public int? Procs { get; init; }

    public string? RecordFile { get; init; }

    public string? ControlPath { get; init; }

    public string? CeilingFile { get; init; }

    public RunNotes Notes { get; init; } = new();

    public string? PercentilesFile { get; init; }

    public bool Json { get; init; }
}
