using RequestClient.Load;
using RequestClient.Metering;
using StudyResults;

namespace RequestClient.Runs;

/// <summary>All that a run showed.</summary>
internal sealed record RunOutcome
{
    public required Phase Phase { get; init; }

    public required Measures Window { get; init; }

    public Warmup? Warmup { get; init; }

    public required WindowCost Cost { get; init; }

    /// <summary>What the supervisor said at the window's beginning; null without one.</summary>
    public ControlStatus? Running { get; init; }

    /// <summary>Why it is not what was asked for; empty when it is.</summary>
    public required IReadOnlyList<string> Invalid { get; init; }

    /// <summary>Whether every operation, of the warm-up too, was right.</summary>
    public bool IsRight => Window.Errors.Total == 0 && (Warmup?.Errors.Total ?? 0) == 0 && Window.GaveUp is null;

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
            Threads = 1,
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
            StartedAt = Window.StartedAt,
            ElapsedSeconds = Window.Elapsed.TotalSeconds,
            Operations = Window.Operations,
            Requests = Window.Requests,
            Resent = Window.Resent,
            Errors = Window.Errors.Counts,
            Bytes = Window.Bytes,
            IdSeed = Phase.Ids.Seed,
            Warmup = Warmup?.ToRecord(),
            Latency = ByStep(options, Window.Steps),
            OpenLoop = OpenLoop(options),
            CpuSeconds = Cost.CpuSeconds,
            BusiestThreadSeconds = Cost.BusiestThreadSeconds,
            RunQueueWaitSeconds = Cost.RunQueueWaitSeconds,
            Throttled = Cost.Throttled,
            Pressure = Cost.Pressure,
            ProxyRequests = Cost.ProxyRequests,
            RequestsPerWorker = Cost.RequestsPerWorker,
            Books = Cost.Books(Window.Requests),
            MachineCpu = Cost.MachineCpu,
            ClientCollections = Cost.ClientCollections,
            Machine = Machine.Describe(),
        };
    }

    private OpenLoopRecord? OpenLoop(RunOptions options) => Window.OpenLoop is not { } open ? null : new OpenLoopRecord
    {
        RatePerSecond = Phase.Pacer!.Value.RatePerSecond,
        FromDue = ByStep(options, open.FromDue),
        Waited = open.Waited,
        LateStarts = open.LateStarts,
        MaxLagMicroseconds = open.Lag.MaxNanoseconds / 1e3,
        FellBehind = open.FellBehind,
    };

    private CpuSetRecord? CpuSet(List<ProcessStatus>? serving)
    {
        var sets = new CpuSetRecord
        {
            Proxy = Running?.Proxy?.Limits?.CpuSet,
            Workers = serving?.Select(worker => worker.Limits?.CpuSet).FirstOrDefault(),
            Store = Running?.Store?.Limits?.CpuSet,
        };
        return sets is { Proxy: null, Workers: null, Store: null } ? null : sets;
    }

    private static Dictionary<string, LatencyRecord> ByStep(RunOptions options, LatencyHistogram[] histograms) =>
        options.Action.Steps.Zip(histograms, (step, histogram) => (step.Name, histogram))
            .Where(step => step.histogram.Count > 0)
            .ToDictionary(step => step.Name, step => LatencyRecord.Of(step.histogram));
}
