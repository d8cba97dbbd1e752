using RequestClient.Blobs;
using RequestClient.Load;
using RequestClient.Metering;
using RequestClient.Net;

namespace RequestClient;

/// <summary>
/// One measured run: rehearsal, warm-up, and the window between two edges at which everybody's CPU and counts are read.
/// </summary>
internal sealed class Measurement : IDisposable
{
    private readonly RunOptions _options;
    private readonly Workload _workload;
    private readonly LoadLoop _loop;
    private readonly ControlSocket? _control;

    public Measurement(RunOptions options, Target target)
    {
        _options = options;
        _workload = new Workload(options.Action, target, options.User, options.SizeKiB * 1024, options.Timeout);
        _loop = new LoadLoop(_workload, options.Concurrency);
        _control = options.ControlPath is null ? null : new ControlSocket(options.ControlPath);
    }

    /// <summary>What the present phase has counted so far, for a display.</summary>
    public Measures Live => _loop.Measures;

    /// <summary>Does the run; whatever went wrong with the server's replies is data in the outcome.</summary>
    /// <exception cref="RunFailedException">There is nothing to measure.</exception>
    public async Task<RunOutcome> RunAsync(CancellationToken cancellation)
    {
        if (_options.Action.NeedsRehearsal) await RehearseAsync(cancellation);
        var warmup = _options.Warmup is { } limit && limit > TimeSpan.Zero
            ? await RunPhaseAsync(new Phase { Ids = IdSequence.Fresh(), Duration = limit, Until = new SettlingRule() }, cancellation)
            : null;

        var ids = IdSequence.Fresh();
        var start = await WindowEdge.ReadAsync(_control, isEnd: false, cancellation);
        var window = await RunPhaseAsync(
            new Phase { Ids = ids, Amount = _options.Amount > 0 ? _options.Amount : null, Duration = _options.Duration }, cancellation);
        var end = await WindowEdge.ReadAsync(_control, isEnd: true, cancellation);
        return new RunOutcome(window, warmup, WindowCost.Between(start, end), ids.Seed, start.Control?.Procs);
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

    private async Task<Measures> RunPhaseAsync(Phase phase, CancellationToken cancellation)
    {
        // A thread of its own: the loop holds it for the whole phase.
        var measures = await Task.Factory.StartNew(
            () => _loop.Run(phase, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        cancellation.ThrowIfCancellationRequested();
        return measures;
    }
}
