using RequestClient.Blobs;

namespace RequestClient.Load;

/// <summary>A stretch of load: it ends with its amount, its duration, or its settling, whichever comes first.</summary>
internal sealed record Phase
{
    public required IdSequence Ids { get; init; }

    /// <summary>Operations to begin; null for no bound.</summary>
    public long? Amount { get; init; }

    /// <summary>After this no operation begins; null for no bound.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Ends the phase when throughput has settled; null where that does not matter.</summary>
    public SettlingRule? Until { get; init; }
}
