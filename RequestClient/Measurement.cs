using RequestClient.Blobs;
using RequestClient.Load;
using RequestClient.Metering;
using RequestClient.Net;

namespace RequestClient;

/// <summary>
/// Measured runs over the same connections: rehearsal, warm-up, and windows between two edges at which everybody's CPU
/// and counts are read.
/// </summary>
internal sealed class Measurement : IDisposable
{
    /// <summary>How long a connection, or the rehearsal, may take: --timeout bounds operations that are measured.</summary>
    public static readonly TimeSpan PreparationTimeout = TimeSpan.FromSeconds(10);

    private readonly RunOptions _options;
    private readonly Workload _workload;
    private readonly LoadLoop _loop;
    private readonly ControlSocket? _control;
    private Measures? _warmup;

    public Measurement(RunOptions options, Target target)
    {
        _options = options;
        _workload = new Workload(options.Action, target, options.User, options.SizeKiB * 1024, options.Headers);
        _loop = new LoadLoop(_workload, options.Concurrency);
        _control = options.ControlPath is null ? null : new ControlSocket(options.ControlPath);
    }

    /// <summary>The phase that is under way, or the last one, for a display.</summary>
    public Phase? Phase { get; private set; }

    /// <summary>What it has counted so far.</summary>
    public Measures Live => _loop.Measures;

    /// <summary>Opens the connections, rehearses and warms up, as far as the run asks for it.</summary>
    /// <exception cref="RunFailedException">There is nothing to measure.</exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await OpenAsync(cancellation);
        if (_options.Action.NeedsRehearsal) await RehearseAsync(cancellation);
        if (_options.Warmup is not { } limit) return;
        _warmup = await RunPhaseAsync(Measured() with { Duration = limit, EndsWhenSettled = true }, cancellation);
    }

    /// <summary>Measures one window; whatever is wrong with the server's replies is data in the outcome.</summary>
    public async Task<RunOutcome> MeasureAsync(
        long? amount, TimeSpan? duration, double? ratePerSecond, CancellationToken cancellation)
    {
        Pacer? pacer = ratePerSecond is { } rate ? new Pacer(rate) : null;
        var phase = Measured() with { Amount = amount, Duration = duration, Pacer = pacer };
        var start = await WindowEdge.BeforeAsync(_control, cancellation);
        var window = await RunPhaseAsync(phase, cancellation);
        var end = await WindowEdge.AfterAsync(_control, cancellation);
        return new RunOutcome(phase, window, _warmup, WindowCost.Between(start, end), start.Control?.Procs);
    }

    public void Dispose()
    {
        _loop.Dispose();
        _control?.Dispose();
    }

    private Phase Measured() => new() { Ids = IdSequence.Fresh(), Timeout = _options.Timeout };

    private async Task OpenAsync(CancellationToken cancellation)
    {
        DescriptorLimit.Check(_options.Concurrency);
        var phase = new Phase { Ids = default, Amount = _options.Concurrency, OpensOnly = true, Timeout = PreparationTimeout };
        var opened = await RunPhaseAsync(phase, cancellation);
        if (opened.Errors.Total == 0) return;
        throw new RunFailedException($"{opened.Errors.Total} of {_options.Concurrency} connections could not be opened, "
            + $"{opened.Errors.Examples.First().Value}: lower --concurrency, or raise what the server allows");
    }

    /// <summary>One operation, whose replies become what all later ones must equal.</summary>
    private async Task RehearseAsync(CancellationToken cancellation)
    {
        foreach (var learned in _workload.Learned) learned.IsLearning = true;
        var phase = Measured() with { Amount = 1, Timeout = PreparationTimeout };
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
