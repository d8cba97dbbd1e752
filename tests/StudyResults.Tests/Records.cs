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
            Start = 1,
            Attempt = 2,
            Control = true,
            Invalid = ["3 processes were asked for and 2 served"],
            Procs = 2,
            Serving = [1, 2],
            Repeats = 3,
            Threads = 2,
            Proxy = "haproxy",
            StoreEngine = "redis",
            Store = "BlobsServer on ext4",
            CpuLimit = 0.5,
            ProxyCpuLimit = 0.25,
            StoreCpuLimit = 0.75,
            CpuSet = new CpuSetRecord { Client = "0", Proxy = "1", Workers = "2-3", Store = "4" },
            CommandLine = "BlobsServer {dir} {port}",
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
            Capacity = new CapacityRecord
            {
                Objective = "p99=20ms",
                RatePerSecond = 2_100,
                ByClient = false,
                Trials =
                [
                    new CapacityTrialRecord { RatePerSecond = 2_000, Operations = 4_000, PercentileMicroseconds = 15_000 },
                    new CapacityTrialRecord { RatePerSecond = 2_200, Operations = 4_400, PercentileMicroseconds = 25_000, Broken = "broken: p99" },
                ],
            },
            OpenLoop = new OpenLoopRecord
            {
                RatePerSecond = 1_000,
                Arrivals = "random",
                FromDue = new Dictionary<string, LatencyRecord> { ["put"] = LatencyRecord.Of(histogram) },
                Waited = 3,
                LateStarts = 1,
                MaxLagMicroseconds = 1_200.5,
                FellBehind = false,
            },
            Books = new BooksRecord
            {
                Client = 20_000,
                Proxy = 20_000,
                Workers = 20_000,
                Counted = 20_000,
                Stored = 20_000,
                Balanced = true,
            },
            MachineCpu = new MachineCpuRecord
            {
                BusySeconds = 2.25,
                IdleSeconds = 0.25,
                IoWaitSeconds = 0,
                SoftirqSeconds = 0.125,
                StealSeconds = 0.01,
            },
            ClientCollections = 0,
            ClientSaturated = false,
            ClientCeilingPerSecond = 90_000.5,
            CpuSeconds = new CpuSecondsRecord { Client = 0.5, Proxy = 0.75, Workers = [1, 1.25], Store = 0.5 },
            BusiestThreadSeconds = new ComponentSecondsRecord { Client = 0.5, Proxy = 0.75, Workers = [0.5, 0.5], Store = 0.5 },
            RunQueueWaitSeconds = new ComponentSecondsRecord { Client = 0.125, Proxy = 0.25, Workers = [0.5, 0.25], Store = 0.5 },
            Throttled = new ThrottledRecord
            {
                Workers = [new ThrottlingRecord { Periods = 12, ThrottledPeriods = 3, Seconds = 0.25 }],
                Proxy = new ThrottlingRecord { Periods = 12, ThrottledPeriods = 0, Seconds = 0 },
                Store = new ThrottlingRecord { Periods = 12, ThrottledPeriods = 1, Seconds = 0.125 },
            },
            Pressure = new PressureRecord { CpuSomeSeconds = 0.5, IoSomeSeconds = 0.25, IoFullSeconds = 0.125 },
            ProxyRequests = 20_000,
            RequestsPerWorker = [10_000, 10_000],
        };
    }
}
