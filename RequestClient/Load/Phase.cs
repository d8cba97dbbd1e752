using RequestClient.Blobs;

namespace RequestClient.Load;

/// <summary>A stretch of load: it ends with its amount, its duration, or its settling, whichever comes first.</summary>
internal sealed record Phase
{
    public required IdSequence Ids { get; init; }

    /// <summary>The number of its first operation.</summary>
    public long FirstOperation { get; init; }

    /// <summary>Operations to begin; null for no bound.</summary>
    public long? Amount { get; init; }

    /// <summary>The amount is done again and again until so long has passed; only in a closed loop.</summary>
    public TimeSpan AtLeast { get; init; }

    /// <summary>After this no operation begins; in an open loop, none is due. Null for no bound.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>When operations are due; null for a closed loop, where one is due when the one before it ended.</summary>
    public IPacer? Pacer { get; init; }

    /// <summary>Whether the phase ends when its throughput has settled: it is a warm-up.</summary>
    public bool EndsWhenSettled { get; init; }

    /// <summary>How long an operation, or opening a connection, may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Whether an operation only opens its connection, if it is not open.</summary>
    public bool OpensOnly { get; init; }

    /// <summary>Operations that the phase can begin at most.</summary>
    public long MaxOperations => Math.Min(
        Amount ?? long.MaxValue,
        Pacer is { } pacer && Duration is { } duration ? pacer.DueBefore(duration) : long.MaxValue);
}
