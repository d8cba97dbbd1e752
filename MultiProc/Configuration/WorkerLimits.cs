namespace MultiProc.Configuration;

/// <summary>How each worker is limited beside its processor time, and from when on that is.</summary>
internal sealed record WorkerLimits
{
    public int? MemoryMiB { get; init; }

    /// <summary>How long after it became ready the limit of its processor time begins; null: from its start.</summary>
    public TimeSpan? CpuAfter { get; init; }
}
