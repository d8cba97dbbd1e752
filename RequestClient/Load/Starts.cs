using System.Diagnostics.CodeAnalysis;

namespace RequestClient.Load;

/// <summary>
/// Gives operations that are due to users who are free, and counts how late each begins. Since when somebody was free is known
/// here alone: until then the server kept everybody busy, from then on the delay is the client's own.
/// </summary>
/// <param name="turns">The operations.</param>
/// <param name="measures">Null in a closed loop.</param>
/// <param name="users">All free from the beginning on.</param>
internal sealed class Starts<TUser>(Turns turns, OpenLoopMeasures? measures, IEnumerable<TUser> users) where TUser : class
{
    private readonly Queue<TUser> _free = new(users);
    private long _freeSinceNanoseconds = turns.BeganNanoseconds;

    public bool AnyFree => _free.Count > 0;

    /// <summary>A user who is free begins the next operation, if one is due.</summary>
    public bool TryBegin(long nowNanoseconds, [NotNullWhen(true)] out TUser? user, out Turn turn)
    {
        (user, turn) = (null, default);
        if (!AnyFree || !turns.TryTake(nowNanoseconds, out turn)) return false;
        measures?.CountStart(turn.DueNanoseconds, _freeSinceNanoseconds, nowNanoseconds);
        user = _free.Dequeue();
        return true;
    }

    /// <summary>A user who is done goes on with the next operation, if one is due.</summary>
    public bool TryGoOn(long nowNanoseconds, out Turn turn)
    {
        if (!turns.TryTake(nowNanoseconds, out turn)) return false;
        // Where others were free, it need not have waited for this one.
        measures?.CountStart(turn.DueNanoseconds, AnyFree ? _freeSinceNanoseconds : nowNanoseconds, nowNanoseconds);
        return true;
    }

    /// <summary>A user who is done waits for the next operation that is due.</summary>
    public void Park(TUser user, long nowNanoseconds)
    {
        if (!AnyFree) _freeSinceNanoseconds = nowNanoseconds;
        _free.Enqueue(user);
    }
}
