namespace StudyResults.Tests;

/// <summary>Run records as a study writes them.</summary>
internal static class Records
{
    public static RunRecord Minimal() => new()
    {
        Action = "put",
        Amount = 20_000,
        SizeKiB = 10,
        Concurrency = 10,
        StartedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        ElapsedSeconds = 1.25,
        Operations = 20_000,
        Requests = 20_000,
        Bytes = 204_800_000,
        CpuSeconds = new CpuSecondsRecord { Client = 0.5 },
        Machine = new MachineRecord
        {
            CpuModel = "Some CPU",
            Cores = 2,
            MemoryMiB = 8_000,
            OperatingSystem = "Debian GNU/Linux 12 (bookworm)",
            Kernel = "6.1.0",
            Runtime = ".NET 10.0.0",
        },
    };

    public static RunRecord Example()
    {
        var histogram = new LatencyHistogram();
        for (var sample = 1; sample <= 1_000; sample++) histogram.Record(sample * 1_000);
        return Minimal() with
        {
            Study = "2026-01-02_SomeCPU_2",
            Block = 1,
            Order = 7,
            Procs = 2,
            Proxy = "haproxy",
            Store = "BlobsServer on ext4",
            CpuLimit = 0.5,
            Durability = "none",
            Software = "RequestClient 0.1.0, HAProxy 2.6.12",
            Warmup = new WarmupRecord
            {
                LimitSeconds = 3,
                ElapsedSeconds = 2.25,
                Operations = 10_000,
                Settled = true,
                RatesPerSecond = [9_000, 10_000],
                Errors = new Dictionary<string, long> { ["reset"] = 1 },
            },
            Latency = new Dictionary<string, LatencyRecord> { ["put"] = LatencyRecord.Of(histogram) },
            DurationSeconds = 60,
            Resent = 2,
            IdSeed = "00112233445566778899aabbccddeeff",
            OpenLoop = new OpenLoopRecord
            {
                RatePerSecond = 1_000,
                FromDue = new Dictionary<string, LatencyRecord> { ["put"] = LatencyRecord.Of(histogram) },
                Waited = 3,
                LateStarts = 1,
                MaxLagMicroseconds = 1_200.5,
                FellBehind = false,
            },
            Books = new BooksRecord { Client = 20_000, Proxy = 20_000, Workers = 20_000, Balanced = true },
            MachineCpu = new MachineCpuRecord { BusySeconds = 2.25, IdleSeconds = 0.25, IoWaitSeconds = 0, StealSeconds = 0.01 },
            ClientCollections = 0,
            ClientCeilingPerSecond = 90_000.5,
            CpuSeconds = new CpuSecondsRecord { Client = 0.5, Proxy = 0.75, Workers = [1, 1.25] },
            ProxyRequests = 20_000,
            RequestsPerWorker = [10_000, 10_000],
        };
    }
}
