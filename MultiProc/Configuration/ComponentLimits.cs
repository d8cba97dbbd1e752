namespace MultiProc.Configuration;

/// <summary>Cores that each worker, the store and the proxy may use; null where it is not limited.</summary>
internal sealed record ComponentLimits
{
    public double? WorkerCores { get; init; }

    public double? StoreCores { get; init; }

    public double? ProxyCores { get; init; }
}
