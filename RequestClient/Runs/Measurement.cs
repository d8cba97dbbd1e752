using RequestClient.Blobs;
using RequestClient.Load;
using RequestClient.Metering;
using RequestClient.Net;

namespace RequestClient.Runs;

/// <summary>
/// Measured runs over the same connections: rehearsal, warm-up, and windows between two edges at which everybody's CPU
/// and counts are read.
/// </summary>
internal sealed class Measurement : IDisposable
{
    private readonly RunOptions _options;
    private readonly ControlSocket? _control;
    private readonly Workload _workload;
    private readonly LoadThreads _threads;
    private readonly StoreCount? _store;
    private Warmup? _warmup;

    /// <summary>Makes one that asks the given supervisor, if any; whoever gave it disposes of it.</summary>
    public Measurement(RunOptions options, Target target, ControlSocket? control)
    {
        _options = options;
        _control = control;
        _workload = new Workload(options.Action, target, options.User, options.SizeKiB * 1024, options.Headers);
        _workload.CheckFeed();
        _store = options.Action.CountedBy is { } path ? new StoreCount(options.Url, path, options.Headers) : null;
        _threads = new LoadThreads(_workload, options.Concurrency, options.Threads);
    }

    /// <summary>The phase that is under way, or the last one, for a display.</summary>
    public Phase? Phase { get; private set; }

    /// <summary>What it has counted so far.</summary>
    public LoadThreads Live => _threads;

    /// <summary>Opens the connections, and rehearses where replies have to be seen first.</summary>
    /// <exception cref="RunFailedException">There is nothing to measure.</exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await OpenAsync(cancellation);
        foreach (var operation in _workload.Rehearsals) await RehearseAsync(operation, cancellation);
    }

    /// <summary>
    /// Asks the server at a rate that leaves its processors to its compiler: under full load that would have to fight for them,
    /// and take several times as long.
    /// </summary>
    public Task TuneInAsync(TimeSpan length, double ratePerSecond, CancellationToken cancellation) =>
        RunPhaseAsync(Measured() with { Duration = length, Pacer = new Pacer(ratePerSecond) }, cancellation);

    /// <summary>Loads the server until its rate settles, or so long.</summary>
    public async Task<Warmup> WarmAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var load = await RunPhaseAsync(Measured() with { Duration = limit, EndsWhenSettled = true }, cancellation);
        return _warmup = new Warmup(limit, load, load.Measures.Errors);
    }

    /// <summary>
    /// Loads the server for a moment, so that new connections have found their way through the proxy, behind a warm-up that was
    /// longer ago.
    /// </summary>
    public async Task SettleAsync(TimeSpan length, Warmup? earlier, CancellationToken cancellation)
    {
        var load = await RunPhaseAsync(Measured() with { Duration = length }, cancellation);
        _warmup = (earlier ?? new Warmup(length, load, load.Measures.Errors)) with { Errors = load.Measures.Errors };
    }

    /// <summary>Measures one window; whatever is wrong with the server's replies is data in the outcome.</summary>
    /// <param name="amount">Operations; null for no bound.</param>
    /// <param name="duration">How long; null for no bound.</param>
    /// <param name="ratePerSecond">Of an open loop; null for a closed one.</param>
    /// <param name="cancellation">Ends it early, with an exception.</param>
    public async Task<RunOutcome> MeasureAsync(
        long? amount, TimeSpan? duration, double? ratePerSecond, CancellationToken cancellation)
    {
        var phase = Measured() with { Amount = amount, Duration = duration, Pacer = PacerOf(ratePerSecond, duration) };
        if (_options.Action.Trace is { } trace)
            phase = phase with { Amount = Math.Min(amount ?? long.MaxValue, trace.DueNanoseconds.Length) };
        if (_options.AtLeast is { } least) phase = phase with { AtLeast = least };
        if (_options.AtMost is { } most) phase = phase with { Duration = duration is { } asked && asked < most ? asked : most };
        var before = await CountStoreAsync(cancellation);
        if (before.Problem is { } problem) throw new RunFailedException(problem);
        var start = await WindowEdge.BeforeAsync(_control, cancellation);
        var window = await RunPhaseAsync(phase, cancellation);
        var end = await WindowEdge.AfterAsync(_control, cancellation);
        var after = await CountStoreAsync(cancellation);
        return new RunOutcome
        {
            Phase = phase,
            Window = window,
            ThreadCount = _threads.Count,
            Warmup = _warmup,
            Cost = WindowCost.Between(start, end, window),
            Running = start.Control,
            Stored = after.Count - before.Count,
            Invalid =
            [
                .. _options.Expected.Mismatches(start.Control, end.Control),
                .. after.Problem is null ? [] : new[] { after.Problem }
            ],
        };
    }

    public void Dispose()
    {
        _threads.Dispose();
        _store?.Dispose();
    }

    private async Task<(long? Count, string? Problem)> CountStoreAsync(CancellationToken cancellation) =>
        _store is null ? (null, null) : await _store.ReadAsync(cancellation);

    private IPacer? PacerOf(double? ratePerSecond, TimeSpan? duration) =>
        _options.Action.Trace is { } trace ? new MomentsPacer(trace.DueNanoseconds)
        : ratePerSecond is not { } rate ? null
        : _options.ArrivesAtRandom && duration is { } length ? MomentsPacer.AtRandom(rate, length)
        : new Pacer(rate);

    private Phase Measured() => new() { Ids = IdSequence.Fresh(), Timeout = _options.Timeout };

    private async Task OpenAsync(CancellationToken cancellation)
    {
        DescriptorLimit.Check(_options.Concurrency);
        var phase = new Phase
        {
            Ids = default,
            Amount = _options.Concurrency,
            OpensOnly = true,
            Timeout = Reachability.Patience,
        };
        var opened = (await RunPhaseAsync(phase, cancellation)).Measures;
        if (opened.Errors.Total == 0) return;
        throw new RunFailedException($"{opened.Errors.Total} of {_options.Concurrency} connections could not be opened, "
            + $"{opened.Errors.Examples.First().Value}: lower --concurrency, or raise what the server allows");
    }

    /// <summary>One operation, whose replies become what all later ones must equal.</summary>
    private async Task RehearseAsync(long operation, CancellationToken cancellation)
    {
        foreach (var learned in _workload.Learned) learned.IsLearning = true;
        var phase = Measured() with { FirstOperation = operation, Amount = 1, Timeout = Reachability.Patience };
        var measures = (await RunPhaseAsync(phase, cancellation)).Measures;
        foreach (var learned in _workload.Learned) learned.IsLearning = false;
        if (measures.Errors.Total == 0) return;
        throw new RunFailedException($"the rehearsal failed, so nothing was measured: {measures.Errors.Examples.First().Value}");
    }

    private Task<PhaseResult> RunPhaseAsync(Phase phase, CancellationToken cancellation)
    {
        Phase = phase;
        return _threads.RunAsync(phase, cancellation);
    }
}
