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
    private readonly LoadLoop _loop;
    private Warmup? _warmup;

    /// <summary>Makes one that asks the given supervisor, if any; whoever gave it disposes of it.</summary>
    public Measurement(RunOptions options, Target target, ControlSocket? control)
    {
        _options = options;
        _control = control;
        _workload = new Workload(options.Action, target, options.User, options.SizeKiB * 1024, options.Headers);
        _loop = new LoadLoop(_workload, options.Concurrency);
    }

    /// <summary>The phase that is under way, or the last one, for a display.</summary>
    public Phase? Phase { get; private set; }

    /// <summary>What it has counted so far.</summary>
    public Measures Live => _loop.Measures;

    /// <summary>Opens the connections, and rehearses where replies have to be seen first.</summary>
    /// <exception cref="RunFailedException">There is nothing to measure.</exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await OpenAsync(cancellation);
        if (_options.Action.NeedsRehearsal) await RehearseAsync(cancellation);
    }

    /// <summary>Loads the server until its rate settles, or so long.</summary>
    public async Task<Warmup> WarmAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var load = await RunPhaseAsync(Measured() with { Duration = limit, EndsWhenSettled = true }, cancellation);
        return _warmup = new Warmup(limit, load, load.Errors);
    }

    /// <summary>
    /// Loads the server for a moment, so that new connections have found their way through the proxy, behind a warm-up that was
    /// longer ago.
    /// </summary>
    public async Task SettleAsync(TimeSpan length, Warmup? earlier, CancellationToken cancellation)
    {
        var load = await RunPhaseAsync(Measured() with { Duration = length }, cancellation);
        _warmup = (earlier ?? new Warmup(length, load, load.Errors)) with { Errors = load.Errors };
    }

    /// <summary>Measures one window; whatever is wrong with the server's replies is data in the outcome.</summary>
    /// <param name="amount">Operations; null for no bound.</param>
    /// <param name="duration">How long; null for no bound.</param>
    /// <param name="ratePerSecond">Of an open loop; null for a closed one.</param>
    /// <param name="cancellation">Ends it early, with an exception.</param>
    public async Task<RunOutcome> MeasureAsync(
        long? amount, TimeSpan? duration, double? ratePerSecond, CancellationToken cancellation)
    {
        Pacer? pacer = ratePerSecond is { } rate ? new Pacer(rate) : null;
        var phase = Measured() with { Amount = amount, Duration = duration, Pacer = pacer };
        if (_options.AtLeast is { } least) phase = phase with { AtLeast = least };
        if (_options.AtMost is { } most) phase = phase with { Duration = duration is { } asked && asked < most ? asked : most };
        var start = await WindowEdge.BeforeAsync(_control, cancellation);
        var window = await RunPhaseAsync(phase, cancellation);
        var end = await WindowEdge.AfterAsync(_control, cancellation);
        return new RunOutcome
        {
            Phase = phase,
            Window = window,
            Warmup = _warmup,
            Cost = WindowCost.Between(start, end, window),
            Running = start.Control,
            Invalid = _options.Expected.Mismatches(start.Control, end.Control),
        };
    }

    public void Dispose() => _loop.Dispose();

    private Phase Measured() => new() { Ids = IdSequence.Fresh(), Timeout = _options.Timeout };

    private async Task OpenAsync(CancellationToken cancellation)
    {
        DescriptorLimit.Check(_options.Concurrency);
        var phase = new Phase
        {
            Ids = default, Amount = _options.Concurrency, OpensOnly = true, Timeout = Reachability.Patience,
        };
        var opened = await RunPhaseAsync(phase, cancellation);
        if (opened.Errors.Total == 0) return;
        throw new RunFailedException($"{opened.Errors.Total} of {_options.Concurrency} connections could not be opened, "
            + $"{opened.Errors.Examples.First().Value}: lower --concurrency, or raise what the server allows");
    }

    /// <summary>One operation, whose replies become what all later ones must equal.</summary>
    private async Task RehearseAsync(CancellationToken cancellation)
    {
        foreach (var learned in _workload.Learned) learned.IsLearning = true;
        var phase = Measured() with { Amount = 1, Timeout = Reachability.Patience };
        var measures = await RunPhaseAsync(phase, cancellation);
        foreach (var learned in _workload.Learned) learned.IsLearning = false;
        if (measures.Errors.Total == 0) return;
        throw new RunFailedException($"the rehearsal failed, so nothing was measured: {measures.Errors.Examples.First().Value}");
    }

    private async Task<Measures> RunPhaseAsync(Phase phase, CancellationToken cancellation)
    {
        Phase = phase;
        // The loop gets a thread of its own, which it holds until its phase is over.
        var measures = await Task.Factory.StartNew(
            () => _loop.Run(phase, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        cancellation.ThrowIfCancellationRequested();
        return measures;
    }
}
