namespace StudyResults;

/// <summary>
/// One measured run of one action: what was asked for, what was seen, and what it cost. It is written as one line of
/// runs.jsonl and never changed afterwards; every table, chart and verdict is derived from these lines.
/// docs/results-format.md is the text for people; null means "not known", never zero.
/// </summary>
public sealed record RunRecord
{
    /// <summary>The version of this shape that this program writes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The version of this shape that the line was written with.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The study that the run belongs to; null for a run by hand.</summary>
    public string? Study { get; init; }

    /// <summary>The block, from 1: a run of every cell once, in shuffled order.</summary>
    public int? Block { get; init; }

    /// <summary>The place in the whole study's order, from 1, so that drift can be seen.</summary>
    public int? Order { get; init; }

    /// <summary>Server processes behind the proxy.</summary>
    public int? Procs { get; init; }

    /// <summary>baseline, list, put, get, flag or delete.</summary>
    public required string Action { get; init; }

    /// <summary>Operations asked for; with a duration the most there may be, and 0 for no such limit.</summary>
    public required long Amount { get; init; }

    /// <summary>Size of each blob in blocks of 1024 bytes.</summary>
    public required int SizeKiB { get; init; }

    /// <summary>Connections, each with one operation under way at a time.</summary>
    public required int Concurrency { get; init; }

    /// <summary>The duration asked for; null when the amount alone ended the run.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>The way in to the workers, for instance haproxy.</summary>
    public string? Proxy { get; init; }

    /// <summary>The server behind it and what it stores on, for instance "BlobsServer on ext4".</summary>
    public string? Store { get; init; }

    /// <summary>Cores that each worker may use; null when it is not limited.</summary>
    public double? CpuLimit { get; init; }

    /// <summary>always or none: whether an acknowledged blob was synced to the disk.</summary>
    public string? Durability { get; init; }

    /// <summary>The programs that ran and their versions, for instance "RequestClient 0.1.0+15bddf7bb, HAProxy 2.6.12".</summary>
    public string? Software { get; init; }

    /// <summary>When the measured window began, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Length of the measured window, on a monotonic clock.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Operations of which every reply had the right status, length and bytes.</summary>
    public required long Operations { get; init; }

    /// <summary>Requests sent in the window, those that failed included; each once, also when it was sent again.</summary>
    public required long Requests { get; init; }

    /// <summary>
    /// Requests that were sent again on a new connection, because the server had closed the old one without a byte of an
    /// answer; only those that may be done twice (GET, PUT, DELETE, ...). If the server did take one, the books don't balance.
    /// </summary>
    public long? Resent { get; init; }

    /// <summary>Operations that failed, by kind (refused, reset, status-500, length, ...); empty when none did.</summary>
    public IReadOnlyDictionary<string, long> Errors { get; init; } = new Dictionary<string, long>();

    /// <summary>Body bytes moved by right operations, in both directions.</summary>
    public required long Bytes { get; init; }

    /// <summary>The seed of the run's ids, by which its blobs can be found and checked afterwards.</summary>
    public string? IdSeed { get; init; }

    /// <summary>What came before the window; null when there was no warm-up.</summary>
    public WarmupRecord? Warmup { get; init; }

    /// <summary>Latency of right requests by step (baseline, list, put, get, flag, delete).</summary>
    public IReadOnlyDictionary<string, LatencyRecord> Latency { get; init; } = new Dictionary<string, LatencyRecord>();

    /// <summary>What an open loop showed (--rate); null for a closed one.</summary>
    public OpenLoopRecord? OpenLoop { get; init; }

    /// <summary>CPU time spent inside the window.</summary>
    public required CpuSecondsRecord CpuSeconds { get; init; }

    /// <summary>Requests that the proxy counted inside the window.</summary>
    public long? ProxyRequests { get; init; }

    /// <summary>Requests that each worker got inside the window, by worker index.</summary>
    public IReadOnlyList<long>? RequestsPerWorker { get; init; }

    /// <summary>The same requests as client, proxy and workers counted them; null when only the client counted.</summary>
    public BooksRecord? Books { get; init; }

    /// <summary>What the machine's processors did inside the window; null where the system does not tell.</summary>
    public MachineCpuRecord? MachineCpu { get; init; }

    /// <summary>Collections of the client's own garbage collector inside the window: 0, or the client disturbed itself.</summary>
    public int? ClientCollections { get; init; }

    /// <summary>
    /// Operations per second that the client reaches against a trivial reply with this action, size and concurrency
    /// (RequestClient ceiling); null when it was not measured.
    /// </summary>
    public double? ClientCeilingPerSecond { get; init; }

    /// <summary>The machine that all of this ran on.</summary>
    public required MachineRecord Machine { get; init; }
}

/// <summary>The load that ran before the window, at full speed and on ids of its own.</summary>
public sealed record WarmupRecord
{
    /// <summary>How long it was allowed to last.</summary>
    public required double LimitSeconds { get; init; }

    /// <summary>How long it lasted.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Operations done in it.</summary>
    public required long Operations { get; init; }

    /// <summary>Whether throughput had settled when it ended; false when the limit ended it.</summary>
    public required bool Settled { get; init; }

    /// <summary>Operations per second in each quarter of a second, by which that was judged.</summary>
    public IReadOnlyList<double>? RatesPerSecond { get; init; }

    /// <summary>Operations of the warm-up that failed, by kind; null or empty when none did.</summary>
    public IReadOnlyDictionary<string, long>? Errors { get; init; }
}

/// <summary>Latency of one step, from just before the request was sent until its reply was wholly read.</summary>
public sealed record LatencyRecord
{
    /// <summary>Requests counted.</summary>
    public required long Count { get; init; }

    public required double P50Microseconds { get; init; }

    public required double P90Microseconds { get; init; }

    public required double P99Microseconds { get; init; }

    public required double P999Microseconds { get; init; }

    public double? P9999Microseconds { get; init; }

    /// <summary>The slowest one, exact.</summary>
    public required double MaxMicroseconds { get; init; }

    /// <summary>All of them, as <see cref="LatencyHistogram"/> encodes itself.</summary>
    public required string Histogram { get; init; }

    /// <summary>Sums a histogram up.</summary>
    public static LatencyRecord Of(LatencyHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        double Microseconds(double percentile) => histogram.ValueAtPercentile(percentile) / 1e3;
        return new LatencyRecord
        {
            Count = histogram.Count,
            P50Microseconds = Microseconds(50),
            P90Microseconds = Microseconds(90),
            P99Microseconds = Microseconds(99),
            P999Microseconds = Microseconds(99.9),
            P9999Microseconds = Microseconds(99.99),
            MaxMicroseconds = histogram.MaxNanoseconds / 1e3,
            Histogram = histogram.Encode(),
        };
    }
}

/// <summary>User plus system CPU seconds by component.</summary>
public sealed record CpuSecondsRecord
{
    /// <summary>The load client itself.</summary>
    public required double Client { get; init; }

    /// <summary>The proxy; null when there is none or nobody could tell.</summary>
    public double? Proxy { get; init; }

    /// <summary>Each worker by its index; null when nobody could tell.</summary>
    public IReadOnlyList<double>? Workers { get; init; }
}

/// <summary>What a reader must know of the machine to judge the figures. It names no host.</summary>
public sealed record MachineRecord
{
    /// <summary>For instance "AMD EPYC".</summary>
    public required string CpuModel { get; init; }

    /// <summary>Processors that the operating system offers.</summary>
    public required int Cores { get; init; }

    public required long MemoryMiB { get; init; }

    /// <summary>For instance "Debian GNU/Linux 12 (bookworm)".</summary>
    public required string OperatingSystem { get; init; }

    public required string Kernel { get; init; }

    /// <summary>The .NET version that the client ran on.</summary>
    public required string Runtime { get; init; }
}
