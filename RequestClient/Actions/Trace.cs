namespace RequestClient.Actions;

/// <summary>What a trace says of its operations, by number.</summary>
/// <param name="DueNanoseconds">When each is due, from the beginning; ascending.</param>
/// <param name="Statuses">What the first request of each must be answered; null where the trace says nothing of it.</param>
internal sealed record Trace(long[] DueNanoseconds, int[]? Statuses)
{
    /// <summary>When the last operation is due.</summary>
    public TimeSpan Length => TimeSpan.FromMicroseconds(DueNanoseconds[^1] / 1e3);
}
