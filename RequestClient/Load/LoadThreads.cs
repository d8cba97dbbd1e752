using StudyResults;

namespace RequestClient.Load;

/// <summary>The connections of a workload, spread evenly over loops with a thread each, and what they count together.</summary>
internal sealed class LoadThreads : IDisposable
{
    private readonly Workload _workload;
    private readonly LoadLoop[] _loops;

    /// <summary>Makes loops of which each has at least one connection.</summary>
    public LoadThreads(Workload workload, int connections, int threads)
    {
        _workload = workload;
        var loops = Math.Min(threads, connections);
        _loops = [.. Enumerable.Range(0, loops)
            .Select(index => new LoadLoop(workload, (connections / loops) + (index < connections % loops ? 1 : 0)))];
    }

    public int Count => _loops.Length;

    /// <summary>Right operations of the phase so far.</summary>
    public long Operations => _loops.Sum(loop => loop.Measures.Operations);

    /// <summary>Wrong ones.</summary>
    public long Errors => _loops.Sum(loop => loop.Measures.Errors.Total);

    public DateTimeOffset StartedAt => _loops[0].Measures.StartedAt;

    /// <summary>Latency of the last step so far; from due in an open loop.</summary>
    public LatencyHistogram LastStep()
    {
        if (_loops.Length == 1) return Of(_loops[0]);
        var sum = new LatencyHistogram();
        foreach (var loop in _loops) sum.Add(Of(loop));
        return sum;

        static LatencyHistogram Of(LoadLoop loop) => (loop.Measures.OpenLoop?.FromDue ?? loop.Measures.Steps)[^1];
    }

    /// <summary>Runs one phase on threads of its own; when cancelled, operations under way are abandoned.</summary>
    public async Task<PhaseResult> RunAsync(Phase phase, CancellationToken cancellation)
    {
        _workload.BeginPhase();
        foreach (var loop in _loops) loop.Begin(phase);
        PhaseWatch watch = null!;
        Turns turns = null!;
        // All threads are there before the first operation begins.
        using var start = new Barrier(_loops.Length, _ =>
        {
            var began = Clock.NowNanoseconds;
            turns = new Turns(phase, began);
            watch = new PhaseWatch(phase, [.. _loops.Select(loop => loop.Measures)], began);
        });
        await Task.WhenAll(_loops.Select(loop => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(CancellationToken.None);
                // Each loop opens the connections that it has.
                var own = phase.OpensOnly ? new Turns(phase with { Amount = loop.Connections }, turns.BeganNanoseconds) : turns;
                loop.Run(own, watch, cancellation);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        cancellation.ThrowIfCancellationRequested();
        return Sum(phase, turns, watch);
    }

    public void Dispose()
    {
        foreach (var loop in _loops) loop.Dispose();
    }

    private PhaseResult Sum(Phase phase, Turns turns, PhaseWatch watch)
    {
        var measures = _loops[0].Measures;
        if (_loops.Length > 1)
        {
            var steps = _workload.Action.Steps.Count;
            measures = new Measures(steps)
            {
                StartedAt = measures.StartedAt,
                OpenLoop = phase.Pacer is null ? null : new OpenLoopMeasures(steps),
            };
            foreach (var loop in _loops) measures.Add(loop.Measures);
        }

        return new PhaseResult
        {
            Measures = measures,
            Elapsed = TimeSpan.FromMicroseconds((measures.LastEndNanoseconds - turns.BeganNanoseconds) / 1e3),
            Threads = [.. _loops.Select(loop => loop.Measures.Thread!.Value)],
            Repeats = turns.Repeats,
            RatesPerSecond = watch.RatesPerSecond,
            Settled = watch.Settled,
            GaveUp = watch.GaveUp,
        };
    }
}
