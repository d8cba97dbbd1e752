namespace MultiProc.Configuration;

/// <summary>Cores that each worker, the store and the proxy may use; null where it is not limited.</summary>
internal sealed record ComponentLimits
{
    public const double LeastCores = 0.01;
    public const double MostCores = 4096;

    public double? WorkerCores { get; init; }

    public double? StoreCores { get; init; }

    public double? ProxyCores { get; init; }
}
