using MultiProc.Keeping;
using MultiProc.Workers;

namespace MultiProc.Pooling;

/// <summary>
/// A change of the number of workers that somebody waits for: for the new ones to serve and for those that are too many to
/// have left. An old worker that is down anyway is none of its business, and is not waited for.
/// </summary>
internal sealed class Scaling(Pool pool, Func<Worker, bool> isInPlace, int before) : IChange
{
    public bool IsOver => Problem is not null || (pool.Fits && pool.Workers.All(worker => isInPlace(worker) || IsDown(worker)));

    /// <summary>The first new worker that does not start. It goes on being tried; whoever asked need not wait for that.</summary>
    public string? Problem =>
        pool.Workers.FirstOrDefault(IsFailing) is { } worker
            ? $"{worker.Name} {worker.Process.LastEnd} before it was ready, its output says why; it goes on being tried"
            : null;

    public string? Success => $"now there are {pool.Target}";

    /// <summary>Who was not waited for; null when nobody was missing.</summary>
    public string? Note =>
        pool.Workers.Where(worker => !isInPlace(worker)).Select(worker => worker.Name).ToList() is { Count: > 0 } missing
            ? $"there are {pool.Target} workers now, but {string.Join(", ", missing)} was down before and still is: "
                + "see 'MultiProc status'"
            : null;

    private bool IsFailing(Worker worker) => worker.Index > before && worker.Process.HasFailedToStart;

    private bool IsDown(Worker worker) =>
        worker.Index <= before && (worker.Process.State == ProcessState.Failed || worker.Process.HasFailedToStart);
}
