namespace StudyResults;

/// <summary>What a reader must know of the machine to judge the figures. It names no host.</summary>
public sealed record MachineRecord
{
    /// <summary>For instance "AMD EPYC".</summary>
    public required string CpuModel { get; init; }

    /// <summary>Processors that the operating system offers.</summary>
    public required int Cores { get; init; }

    public long? MemoryMiB { get; init; }

    /// <summary>For instance "Debian GNU/Linux 12 (bookworm)".</summary>
    public string? OperatingSystem { get; init; }

    public string? Kernel { get; init; }

    /// <summary>The .NET version that the client ran on.</summary>
    public string? Runtime { get; init; }
}
