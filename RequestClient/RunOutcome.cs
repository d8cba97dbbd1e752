using RequestClient.Load;
using RequestClient.Metering;
using StudyResults;

namespace RequestClient;

/// <summary>All that a run showed.</summary>
internal sealed record RunOutcome(Phase Phase, Measures Window, Measures? Warmup, WindowCost Cost, int? Procs)
{
    /// <summary>Whether every operation, of the warm-up too, was right.</summary>
    public bool IsRight => Window.Errors.Total == 0 && (Warmup?.Errors.Total ?? 0) == 0 && Window.GaveUp is null;

    public RunRecord ToRecord(RunOptions options) => new()
    {
        Study = options.Notes.Study,
        Block = options.Notes.Block,
        Order = options.Notes.Order,
        Procs = options.Procs ?? Procs,
        Action = options.Action.Name,
        Amount = Phase.Amount ?? 0,
        DurationSeconds = Phase.Duration?.TotalSeconds,
        SizeKiB = options.SizeKiB,
        Concurrency = options.Concurrency,
        Proxy = options.Notes.Proxy,
        Store = options.Notes.Store,
        CpuLimit = options.Notes.CpuLimit,
        Durability = options.Notes.Durability,
        Software = string.Join(", ", new[] { OwnVersion.Text, options.Notes.Software }.OfType<string>()),
        StartedAt = Window.StartedAt,
        ElapsedSeconds = Window.Elapsed.TotalSeconds,
        Operations = Window.Operations,
        Requests = Window.Requests,
        Resent = Window.Resent,
        Errors = Window.Errors.Counts,
        Bytes = Window.Bytes,
        IdSeed = Phase.Ids.Seed,
        Warmup = Warmup is null ? null : new WarmupRecord
        {
            LimitSeconds = options.Warmup!.Value.TotalSeconds,
            ElapsedSeconds = Warmup.Elapsed.TotalSeconds,
            Operations = Warmup.Operations,
            Settled = Warmup.Settled,
            RatesPerSecond = [.. Warmup.RatesPerSecond.Select(rate => Math.Round(rate))],
            Errors = Warmup.Errors.Counts,
        },
        Latency = ByStep(options, Window.Steps),
        OpenLoop = Window.OpenLoop is not { } open ? null : new OpenLoopRecord
        {
            RatePerSecond = Phase.Pacer!.Value.RatePerSecond,
            FromDue = ByStep(options, open.FromDue),
            Waited = open.Waited,
            LateStarts = open.LateStarts,
            MaxLagMicroseconds = open.Lag.MaxNanoseconds / 1e3,
            FellBehind = open.FellBehind,
        },
        CpuSeconds = Cost.CpuSeconds,
        ProxyRequests = Cost.ProxyRequests,
        RequestsPerWorker = Cost.RequestsPerWorker,
        Books = Cost.Books(Window.Requests),
        MachineCpu = Cost.MachineCpu,
        ClientCollections = Cost.ClientCollections,
        Machine = Machine.Describe(),
    };

    private static Dictionary<string, LatencyRecord> ByStep(RunOptions options, LatencyHistogram[] histograms) =>
        options.Action.Steps.Zip(histograms, (step, histogram) => (step.Name, histogram))
            .Where(step => step.histogram.Count > 0)
            .ToDictionary(step => step.Name, step => LatencyRecord.Of(step.histogram));
}
