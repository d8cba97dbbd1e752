using System.Diagnostics.CodeAnalysis;

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

    /// <summary>Which start of the servers the run was made on, from 1: what was drawn independently.</summary>
    public int? Start { get; init; }

    /// <summary>From 1; a run that was invalid or disturbed is measured again, and each attempt is a record.</summary>
    public int? Attempt { get; init; }

    /// <summary>True: the second label of the smallest cell, the study's negative control.</summary>
    public bool? Control { get; init; }

    /// <summary>Why the run is not what was asked for, a sentence each; null or empty when it is.</summary>
    public IReadOnlyList<string>? Invalid { get; init; }

    /// <summary>
    /// Server processes that were asked to serve; where nothing was asked, those that served. <see cref="Invalid"/> says when the
    /// two differ.
    /// </summary>
    public int? Procs { get; init; }

    /// <summary>The indices of those workers; the others of the pool were idle. Null when nobody could tell.</summary>
    public IReadOnlyList<int>? Serving { get; init; }

    /// <summary>baseline, list, put, get, flag or delete.</summary>
    public required string Action { get; init; }

    /// <summary>Operations asked for; with a duration the most there may be, and 0 for no such limit.</summary>
    public required long Amount { get; init; }

    /// <summary>How often that amount was done in the window, the last time perhaps in part; null when once.</summary>
    public int? Repeats { get; init; }

    /// <summary>Size of each blob in blocks of 1024 bytes.</summary>
    public required int SizeKiB { get; init; }

    /// <summary>Connections, each with one operation under way at a time.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Threads of the client that the connections were spread over; null in older records, which had one.</summary>
    public int? Threads { get; init; }

    /// <summary>The duration asked for; null when the amount alone ended the run.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>The way in to the workers, for instance haproxy.</summary>
    public string? Proxy { get; init; }

    /// <summary>The server behind it and what it stores on, for instance "BlobsServer on ext4".</summary>
    public string? Store { get; init; }

    /// <summary>The store that the workers share (redis, postgresql, ...); null when there is none.</summary>
    public string? StoreEngine { get; init; }

    /// <summary>Cores that each worker may use; null when it is not limited.</summary>
    public double? CpuLimit { get; init; }

    /// <summary>Cores that the proxy may use; null when it is not limited.</summary>
    public double? ProxyCpuLimit { get; init; }

    /// <summary>Cores that the store may use; null when it is not limited.</summary>
    public double? StoreCpuLimit { get; init; }

    /// <summary>The processors that each component was kept to; null when none was.</summary>
    public CpuSetRecord? CpuSet { get; init; }

    /// <summary>always or none: whether an acknowledged blob was synced to the disk.</summary>
    public string? Durability { get; init; }

    /// <summary>The programs that ran and their versions, for instance "RequestClient 0.1.0+15bddf7bb, HAProxy 2.6.12".</summary>
    public string? Software { get; init; }

    /// <summary>The worker's command as the supervisor started it; null when nobody could tell.</summary>
    public string? CommandLine { get; init; }

    /// <summary>When the measured window began, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Length of the measured window, on a monotonic clock.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Operations of which every reply had the right status, length and bytes.</summary>
    public required long Operations { get; init; }

    /// <summary>Requests sent in the window, those that failed included; each once, also when it was sent again.</summary>
    public long? Requests { get; init; }

    /// <summary>
    /// Requests that were sent again on a new connection, because the server had closed the old one without a byte of an
    /// answer; only those that may be done twice (GET, PUT, DELETE, ...). If the server did take one, the books don't balance.
    /// </summary>
    public long? Resent { get; init; }

    /// <summary>Operations that failed, by kind (refused, reset, status-500, length, ...); empty when none did.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, long> Errors { get; init; } = new Dictionary<string, long>();

    /// <summary>Body bytes moved by right operations, in both directions.</summary>
    public long? Bytes { get; init; }

    /// <summary>The seed of the run's ids, by which its blobs can be found and checked afterwards.</summary>
    public string? IdSeed { get; init; }

    /// <summary>What came before the window; null when there was no warm-up.</summary>
    public WarmupRecord? Warmup { get; init; }

    /// <summary>Latency of right requests by step (baseline, list, put, get, flag, delete).</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, LatencyRecord> Latency { get; init; } = new Dictionary<string, LatencyRecord>();

    /// <summary>What an open loop showed (--rate); null for a closed one.</summary>
    public OpenLoopRecord? OpenLoop { get; init; }

    /// <summary>The highest rate that kept an objective; null for a run that searched none.</summary>
    public CapacityRecord? Capacity { get; init; }

    /// <summary>CPU time spent inside the window.</summary>
    [AllowNull]
    public CpuSecondsRecord CpuSeconds { get; init; } = new();

    /// <summary>CPU time of the busiest thread of each component: near the window's length, that thread is a limit.</summary>
    public ComponentSecondsRecord? BusiestThreadSeconds { get; init; }

    /// <summary>Time that threads were ready to run and had no processor, summed over each component's threads.</summary>
    public ComponentSecondsRecord? RunQueueWaitSeconds { get; init; }

    /// <summary>What the caps held back; null when nothing was capped.</summary>
    public ThrottledRecord? Throttled { get; init; }

    /// <summary>
    /// Time for which tasks of the whole machine were stalled (/proc/pressure); null where the kernel does not tell.
    /// </summary>
    public PressureRecord? Pressure { get; init; }

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
    /// Whether the client was the limit: one of its threads hardly ever had to wait. The run then shows the client and not
    /// the server.
    /// </summary>
    public bool? ClientSaturated { get; init; }

    /// <summary>
    /// Operations per second that the client reaches against a trivial reply with this action, size and concurrency
    /// (RequestClient ceiling); null when it was not measured.
    /// </summary>
    public double? ClientCeilingPerSecond { get; init; }

    /// <summary>The machine that all of this ran on.</summary>
    public required MachineRecord Machine { get; init; }

    /// <summary>What the run is compared by: the highest rate that kept its objective, or right operations per second.</summary>
    public double OperationsPerSecond() => Capacity?.RatePerSecond ?? (Operations / ElapsedSeconds);
}
