namespace Transport;

/// <summary>
/// Work of very many small steps, none of which waits for anything: without pauses it would hold its thread, and whoever
/// else is on it, for seconds.
/// </summary>
internal sealed class LongWork
{
    /// <summary>A step can be a small blob's PUT: some 50 us.</summary>
    private const int StepsBetweenPauses = 32;

    private int _steps;

    /// <summary>A step is done: from time to time the rest goes to the end of the pool's queue.</summary>
    public ValueTask StepAsync() => ++_steps % StepsBetweenPauses == 0 ? PauseAsync() : ValueTask.CompletedTask;

    private static async ValueTask PauseAsync() => await Task.Yield();
}
