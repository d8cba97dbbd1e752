using RequestClient.Load;
using RequestClient.Metering;
using StudyResults;

namespace RequestClient.Runs;

/// <summary>All that a run showed.</summary>
internal sealed record RunOutcome
{
    public required Phase Phase { get; init; }

    public required PhaseResult Window { get; init; }

    public required int ThreadCount { get; init; }

    public Warmup? Warmup { get; init; }

    public required WindowCost Cost { get; init; }

    /// <summary>What the supervisor said at the window's beginning; null without one.</summary>
    public ControlStatus? Running { get; init; }

    /// <summary>Why it is not what was asked for; empty when it is.</summary>
    public required IReadOnlyList<string> Invalid { get; init; }

    /// <summary>What the window counted.</summary>
    public Measures Measures => Window.Measures;

    public double OperationsPerSecond => Measures.Operations / Math.Max(Window.Elapsed.TotalSeconds, 1e-9);

    /// <summary>What the store holds more than before the window; null when nothing counts it.</summary>
    public long? Stored { get; init; }

    /// <summary>Whether every operation, of the warm-up too, was right, and is in the store.</summary>
    public bool IsRight => Measures.Errors.Total == 0 && (Warmup?.Errors.Total ?? 0) == 0 && Window.GaveUp is null && IsStored;

    /// <summary>Whether the store holds what the client was told; true when nothing counts it.</summary>
    public bool IsStored => Stored is null || Stored == Measures.Counted;

    public RunRecord ToRecord(RunOptions options)
    {
        var serving = Running?.Workers.Where(worker => Running.ServingOrAll.Contains(worker.Index ?? 0)).ToList();
        var software = Running?.Software is { Count: > 0 } running ? string.Join(", ", running) : options.Notes.Software;
        return new RunRecord
        {
            Study = options.Notes.Study,
            Block = options.Notes.Block,
            Order = options.Notes.Order,
            Start = options.Notes.Start,
            Attempt = options.Notes.Attempt,
            Control = options.Notes.Control,
            Invalid = Invalid.Count > 0 ? Invalid : null,
            Procs = options.Expected.Procs ?? serving?.Count,
            Serving = Running?.Serving,
            Action = options.Action.Name,
            Amount = Phase.Amount ?? 0,
            Repeats = options.AtLeast is null ? null : Window.Repeats,
            DurationSeconds = options.Duration?.TotalSeconds,
            SizeKiB = options.SizeKiB,
            Concurrency = options.Concurrency,
            Threads = ThreadCount,
            Proxy = options.Notes.Proxy ?? Running?.WayIn,
            Store = options.Notes.Store,
            StoreEngine = Running?.Store?.Name,
            CpuLimit = options.Notes.CpuLimit ?? serving?.Select(worker => worker.Limits?.CpuCores).FirstOrDefault(),
            ProxyCpuLimit = Running?.Proxy?.Limits?.CpuCores,
            StoreCpuLimit = Running?.Store?.Limits?.CpuCores,
            CpuSet = CpuSet(serving),
            Durability = options.Notes.Durability,
            Software = string.Join(", ", new[] { OwnVersion.Text, software }.OfType<string>()),
            CommandLine = Running?.CommandLine,
            StartedAt = Measures.StartedAt,
            ElapsedSeconds = Window.Elapsed.TotalSeconds,
            Operations = Measures.Operations,
            Requests = Measures.Requests,
            Resent = Measures.Resent,
            Errors = Measures.Errors.Counts,
            Bytes = Measures.Bytes,
            IdSeed = Phase.Ids.Seed,
            Warmup = Warmup?.ToRecord(),
            Latency = ByStep(options, Measures.Steps),
            OpenLoop = OpenLoop(options),
            CpuSeconds = Cost.CpuSeconds,
            BusiestThreadSeconds = Cost.BusiestThreadSeconds,
            RunQueueWaitSeconds = Cost.RunQueueWaitSeconds,
            Throttled = Cost.Throttled,
            Pressure = Cost.Pressure,
            ProxyRequests = Cost.ProxyRequests,
            RequestsPerWorker = Cost.RequestsPerWorker,
            Books = Cost.Books(Measures.Requests, Stored is null ? null : Measures.Counted, Stored),
            MachineCpu = Cost.MachineCpu,
            ClientCollections = Cost.ClientCollections,
            ClientSaturated = Window.IsSaturated,
            Machine = Machine.Describe(),
        };
    }

    private OpenLoopRecord? OpenLoop(RunOptions options) => Measures.OpenLoop is not { } open ? null : new OpenLoopRecord
    {
        RatePerSecond = Phase.Pacer!.RatePerSecond,
        Arrivals = Phase.Pacer is MomentsPacer { AreRandom: true } ? "random" : null,
        FromDue = ByStep(options, open.FromDue),
        Waited = open.Waited,
        LateStarts = open.LateStarts,
        MaxLagMicroseconds = open.Lag.MaxNanoseconds / 1e3,
        FellBehind = Window.FellBehind,
    };

    private CpuSetRecord? CpuSet(List<ProcessStatus>? serving)
    {
        var sets = new CpuSetRecord
        {
            Client = Processors.OfClient(),
            Proxy = Running?.Proxy?.Limits?.CpuSet,
            Workers = serving?.Select(worker => worker.Limits?.CpuSet).FirstOrDefault(),
            Store = Running?.Store?.Limits?.CpuSet,
        };
        return sets is { Client: null, Proxy: null, Workers: null, Store: null } ? null : sets;
    }

    private static Dictionary<string, LatencyRecord> ByStep(RunOptions options, LatencyHistogram[] histograms) =>
        options.Action.Steps.Zip(histograms, (step, histogram) => (step.Name, histogram))
            .Where(step => step.histogram.Count > 0)
            .ToDictionary(step => step.Name, step => LatencyRecord.Of(step.histogram));
}
