namespace StudyResults;

/// <summary>
/// The processors that each component was kept to, as the kernel lists them ("0-1,3"); null when free to run anywhere.
/// </summary>
public sealed record CpuSetRecord
{
    public string? Client { get; init; }

    public string? Proxy { get; init; }

    public string? Workers { get; init; }

    public string? Store { get; init; }
}
