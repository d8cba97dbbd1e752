namespace MultiProc.Pooling;

/// <summary>A change of the number of workers that somebody waits for.</summary>
internal sealed class Scaling(Pool pool, Func<Worker, bool> isServing, int before)
{
    public bool IsOver => Problem is not null || (pool.Fits && pool.Workers.All(isServing));

    /// <summary>The first new worker that does not start. It goes on being tried; whoever asked need not wait for that.</summary>
    public string? Problem =>
        pool.Workers.FirstOrDefault(IsFailing) is { } worker
            ? $"{worker.Name} {worker.Process.LastEnd} before it was ready, its output says why; it goes on being tried"
            : null;

    private bool IsFailing(Worker worker) =>
        worker.Index > before && worker.Process is { WasEverReady: false, Restarts: > 0 };
}
