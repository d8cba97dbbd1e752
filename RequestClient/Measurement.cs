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
    private readonly RunOptions _options;
    private readonly Workload _workload;
    private readonly LoadLoop _loop;
    private readonly ControlSocket? _control;
    private Measures? _warmup;

    public Measurement(RunOptions options, Target target)
    {
        _options = options;
        _workload = new Workload(options.Action, target, options.User, options.SizeKiB * 1024, options.Timeout, options.Headers);
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
        var opened = await RunAsync(() => _loop.Open(cancellation), cancellation);
        if (opened.Errors.Total > 0)
        {
            throw new RunFailedException($"{opened.Errors.Total} of {_options.Concurrency} connections could not be opened, "
                + $"{opened.Errors.Examples.First().Value}: lower --concurrency, or raise what the server allows");
        }

        if (_options.Action.NeedsRehearsal) await RehearseAsync(cancellation);
        if (_options.Warmup is { } limit)
            _warmup = await RunPhaseAsync(new Phase { Ids = IdSequence.Fresh(), Duration = limit, Until = new SettlingRule() }, cancellation);
    }

    /// <summary>Measures one window; whatever is wrong with the server's replies is data in the outcome.</summary>
    public async Task<RunOutcome> MeasureAsync(long? amount, TimeSpan? duration, double? ratePerSecond, CancellationToken cancellation)
    {
        var phase = new Phase
        {
            Ids = IdSequence.Fresh(),
            Amount = amount,
            Duration = duration,
            Pacer = ratePerSecond is { } rate ? new Pacer(rate) : null,
        };
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

    /// <summary>One operation, whose replies become what all later ones must equal.</summary>
    private async Task RehearseAsync(CancellationToken cancellation)
    {
        foreach (var learned in _workload.Learned) learned.IsLearning = true;
        var measures = await RunPhaseAsync(new Phase { Ids = IdSequence.Fresh(), Amount = 1 }, cancellation);
        foreach (var learned in _workload.Learned) learned.IsLearning = false;
        if (measures.Errors.Total > 0)
            throw new RunFailedException($"the rehearsal failed, so nothing was measured: {measures.Errors.Examples.First().Value}");
    }

    private Task<Measures> RunPhaseAsync(Phase phase, CancellationToken cancellation)
    {
        Phase = phase;
        return RunAsync(() => _loop.Run(phase, cancellation), cancellation);
    }

    /// <summary>Gives the loop a thread of its own, which it holds until its phase is over.</summary>
    private static async Task<Measures> RunAsync(Func<Measures> loop, CancellationToken cancellation)
    {
        var measures = await Task.Factory.StartNew(loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        cancellation.ThrowIfCancellationRequested();
        return measures;
    }
}
