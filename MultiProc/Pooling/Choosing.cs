using MultiProc.Keeping;
using MultiProc.Workers;

namespace MultiProc.Pooling;

/// <summary>
/// Some of the ready workers, drawn at random, are to get all requests from now on: it is over when the way in has taken
/// that. Nobody stands in for one of them that dies: whoever asked for three must not be measuring two and a substitute.
/// </summary>
internal sealed class Choosing : IChange
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Pool _pool;
    private readonly Func<Worker, bool> _isInPlace;
    private readonly MonotonicClock _clock;
    private readonly TimeSpan _deadline;

    public Choosing(Pool pool, IEnumerable<Worker> chosen, Func<Worker, bool> isInPlace, MonotonicClock clock)
    {
        (_pool, _isInPlace, _clock, _deadline) = (pool, isInPlace, clock, clock.Now + Patience);
        pool.Choose(chosen);
    }

    public bool IsOver => _pool.Workers.Where(worker => worker.Process.State == ProcessState.Ready).All(_isInPlace) || IsTimeUp;

    public string? Problem =>
        _pool.Workers.FirstOrDefault(worker => worker.IsChosen && !_isInPlace(worker)) is { } worker
            ? $"{worker.Name} was to serve and does not: see 'MultiProc status', and ask again"
            : IsTimeUp ? "the way in did not take it: see 'MultiProc status', and ask again"
            : null;

    /// <summary>It comes before every run of a study: the log would hold little else.</summary>
    public string? Success => null;

    private bool IsTimeUp => _clock.Now >= _deadline;
}
