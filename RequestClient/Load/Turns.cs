namespace RequestClient.Load;

/// <summary>
/// Hands out the operations of a phase, each once, and says when the next one is due. The loops of a phase share one, so that an
/// operation goes to whichever has a connection for it.
/// </summary>
internal sealed class Turns(Phase phase, long beganNanoseconds)
{
    private readonly long _endNanoseconds = phase.Duration is { } duration && phase.Pacer is null
        ? beganNanoseconds + (long)duration.TotalNanoseconds
        : long.MaxValue;

    private readonly long _repeatsUntilNanoseconds = phase.AtLeast > TimeSpan.Zero && phase.Pacer is null
        ? beganNanoseconds + (long)phase.AtLeast.TotalNanoseconds
        : long.MinValue;

    private readonly Lock _repeating = new();
    private long _max = phase.MaxOperations;
    private long _next;

    public long BeganNanoseconds => beganNanoseconds;

    /// <summary>Whether another operation may begin some time.</summary>
    public bool HasNext => Volatile.Read(ref _next) < Volatile.Read(ref _max);

    /// <summary>How often the amount was begun.</summary>
    public int Repeats { get; private set; } = 1;

    /// <summary>Takes the next operation, if it should begin now; in a closed loop everything is due all the time.</summary>
    public bool TryTake(long nowNanoseconds, out Turn turn)
    {
        if (nowNanoseconds >= _endNanoseconds) End();
        while (true)
        {
            var next = Volatile.Read(ref _next);
            if (next >= Volatile.Read(ref _max))
            {
                if (nowNanoseconds < _repeatsUntilNanoseconds && TryRepeat()) continue;
                turn = default;
                return false;
            }

            turn = new Turn(phase.FirstOperation + next, phase.Pacer is null ? nowNanoseconds : DueNanoseconds(next));
            if (turn.DueNanoseconds > nowNanoseconds) return false;
            if (Interlocked.CompareExchange(ref _next, next + 1, next) == next) return true;
        }
    }

    /// <summary>How long to wait for the next one, at most so long.</summary>
    public long NanosecondsToNext(long mostNanoseconds) => phase.Pacer is null || !HasNext
        ? mostNanoseconds
        : Math.Clamp(DueNanoseconds(Volatile.Read(ref _next)) - Clock.NowNanoseconds, 0, mostNanoseconds);

    /// <summary>No further operation begins.</summary>
    public void End() => Volatile.Write(ref _max, 0);

    /// <summary>Begins the amount once more; false when the phase was ended meanwhile.</summary>
    private bool TryRepeat()
    {
        lock (_repeating)
        {
            var max = Volatile.Read(ref _max);
            if (max == 0) return false;
            if (HasNext) return true;
            Repeats++;
            return Interlocked.CompareExchange(ref _max, max + phase.MaxOperations, max) == max;
        }
    }

    private long DueNanoseconds(long operation) => beganNanoseconds + phase.Pacer!.DueNanoseconds(operation);
}
