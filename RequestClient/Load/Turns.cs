namespace RequestClient.Load;

/// <summary>Hands out the operations of a phase, each once, and says when the next one is due.</summary>
internal sealed class Turns(Phase phase, long beganNanoseconds)
{
    private readonly long _endNanoseconds = phase.Duration is { } duration && phase.Pacer is null
        ? beganNanoseconds + (long)duration.TotalNanoseconds
        : long.MaxValue;

    private readonly long _repeatsUntilNanoseconds = phase.AtLeast > TimeSpan.Zero && phase.Pacer is null
        ? beganNanoseconds + (long)phase.AtLeast.TotalNanoseconds
        : long.MinValue;

    private long _max = phase.MaxOperations;
    private long _next;
    private bool _isOver;

    /// <summary>Whether another operation may begin some time.</summary>
    public bool HasNext => _next < _max;

    /// <summary>How often the amount was begun.</summary>
    public int Repeats { get; private set; } = 1;

    /// <summary>Whether another operation should begin now.</summary>
    public bool IsNextDue(long nowNanoseconds)
    {
        if (nowNanoseconds >= _endNanoseconds) End();
        else if (!HasNext && nowNanoseconds < _repeatsUntilNanoseconds && !_isOver) Repeat();
        return HasNext && DueNanoseconds <= nowNanoseconds;
    }

    /// <summary>How long to wait for the next one, at most so long.</summary>
    public long NanosecondsToNext(long mostNanoseconds) => phase.Pacer is null || !HasNext
        ? mostNanoseconds
        : Math.Clamp(DueNanoseconds - Clock.NowNanoseconds, 0, mostNanoseconds);

    /// <summary>The next operation and when it was due: now, in a closed loop.</summary>
    public (long Operation, long DueNanoseconds) Take(long nowNanoseconds)
    {
        var due = phase.Pacer is null ? nowNanoseconds : DueNanoseconds;
        return (_next++, due);
    }

    /// <summary>No further operation begins.</summary>
    public void End()
    {
        _isOver = true;
        _max = _next;
    }

    private void Repeat()
    {
        Repeats++;
        _max += phase.MaxOperations;
    }

    /// <summary>In a closed loop everything is due all the time.</summary>
    private long DueNanoseconds => phase.Pacer is { } pacer ? beganNanoseconds + pacer.DueNanoseconds(_next) : beganNanoseconds;
}
