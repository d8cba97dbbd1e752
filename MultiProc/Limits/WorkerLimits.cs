namespace MultiProc.Limits;

/// <summary>What each worker may use; null where it is not limited.</summary>
internal sealed record WorkerLimits
{
    public double? CpuCores { get; init; }

    public int? MemoryMiB { get; init; }

    /// <summary>How long after it became ready the limit of its processor time begins; null: from its start.</summary>
    public TimeSpan? CpuAfter { get; init; }

    public bool AreAny => CpuCores is not null || MemoryMiB is not null;
}
