using StudyResults;

namespace StudyPlan.Tests;

/// <summary>Records to test with.</summary>
internal static class Recorded
{
    /// <summary>1,000 PUTs of 10 KiB through haproxy, all right.</summary>
    public static RunRecord Run(int order, int procs = 1) => new()
    {
        Order = order,
        Procs = procs,
        Action = "put",
        Amount = 1000,
        SizeKiB = 10,
        Concurrency = 10,
        Proxy = "haproxy",
        StartedAt = DateTimeOffset.UtcNow,
        ElapsedSeconds = 1,
        Operations = 1000,
        Requests = 1000,
        Bytes = 1000 * 10 * 1024,
        CpuSeconds = new CpuSecondsRecord { Client = 0.1 },
        Machine = new MachineRecord
        {
            CpuModel = "Abacus",
            Cores = 2,
            MemoryMiB = 1,
            OperatingSystem = "none",
            Kernel = "none",
            Runtime = "none",
        },
    };
}
