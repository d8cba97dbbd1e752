using System.Diagnostics;

namespace Transport;

/// <summary>What a loop does with its time: written by its thread, read by whichever loop looks after all of them.</summary>
internal sealed class LoopUse
{
    private long _waited;
    private long _waitingSince;
    private long _rounds;
    private Sample _last = new(Stopwatch.GetTimestamp(), 0, 0);

    /// <summary>The loop looks for events, and waits when there are none.</summary>
    public void BeginWait() => Volatile.Write(ref _waitingSince, Stopwatch.GetTimestamp());

    /// <summary>There are some.</summary>
    /// <returns>The present.</returns>
    public long EndWait()
    {
        var now = Stopwatch.GetTimestamp();
        Volatile.Write(ref _waited, _waited + now - _waitingSince);
        Volatile.Write(ref _waitingSince, 0);
        Volatile.Write(ref _rounds, _rounds + 1);
        return now;
    }

    /// <summary>What it did since this was asked last. A moment between two reads can be counted twice: it is short.</summary>
    public LoopLoad TakeLoad(long now)
    {
        var waitingSince = Volatile.Read(ref _waitingSince);
        var waited = Volatile.Read(ref _waited) + (waitingSince == 0 ? 0 : Math.Max(0, now - waitingSince));
        var before = _last;
        _last = new(now, waited, Volatile.Read(ref _rounds));
        var window = Math.Max(1, now - before.At);
        var busy = Math.Clamp(window - (waited - before.Waited), 0, window);
        var rounds = Math.Max(1, _last.Rounds - before.Rounds);
        return new((double)busy / window, busy / (double)Stopwatch.Frequency / rounds);
    }

    private readonly record struct Sample(long At, long Waited, long Rounds);
}
