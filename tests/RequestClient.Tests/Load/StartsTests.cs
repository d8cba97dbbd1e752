using RequestClient.Blobs;
using RequestClient.Load;

namespace RequestClient.Tests.Load;

/// <summary>Whose delay it is that an operation begins late: the server's as long as it kept every connection busy.</summary>
public sealed class StartsTests
{
    private const long Ms = 1_000_000;

    // An operation is due every 10 ms, the first at 0.
    private readonly OpenLoopMeasures _measures = new(1);

    /// <summary>Issue 12, fault 1: a client that is busy itself begins late although somebody was free.</summary>
    [Fact]
    public void Begin_SomebodyWasFreeAllAlong_TheClientsDelay()
    {
        var starts = Of("one", "two");
        Begin(starts, "one", operation: 0, at: 0);
        Begin(starts, "two", operation: 1, at: 50 * Ms);
        AssertCounted(lag: 40 * Ms, late: 1, waited: 0);
    }

    [Fact]
    public void Begin_NobodyWasFreeUntilNow_TheServersDelay()
    {
        var starts = Of("one");
        Begin(starts, "one", operation: 0, at: 0);
        Assert.False(starts.AnyFree);
        Assert.False(starts.TryBegin(50 * Ms, out _, out _));
        starts.Park("one", 50 * Ms);
        Begin(starts, "one", operation: 1, at: 50 * Ms);
        AssertCounted(lag: 0, late: 0, waited: 1);
    }

    /// <summary>Both had a part in it: the server kept the connection until 30 ms, the client let it lie until 50 ms.</summary>
    [Fact]
    public void Begin_SomebodyBecameFreeInBetween_FromThenOnTheClientsDelay()
    {
        var starts = Of("one", "two");
        Begin(starts, "one", operation: 0, at: 0);
        Begin(starts, "two", operation: 1, at: 10 * Ms);
        starts.Park("two", 30 * Ms);
        starts.Park("one", 40 * Ms);
        Begin(starts, "two", operation: 2, at: 50 * Ms);
        AssertCounted(lag: 20 * Ms, late: 1, waited: 1);
    }

    [Fact]
    public void GoOn_OthersWereFree_TheClientsDelay()
    {
        var starts = Of("one", "two");
        Begin(starts, "one", operation: 0, at: 0);
        GoOn(starts, operation: 1, at: 50 * Ms);
        AssertCounted(lag: 40 * Ms, late: 1, waited: 0);
    }

    [Fact]
    public void GoOn_NobodyElseWasFree_TheServersDelay()
    {
        var starts = Of("one");
        Begin(starts, "one", operation: 0, at: 0);
        GoOn(starts, operation: 1, at: 50 * Ms);
        AssertCounted(lag: 0, late: 0, waited: 1);
    }

    [Fact]
    public void NothingIsDue_NobodyBegins()
    {
        var starts = Of("one");
        Begin(starts, "one", operation: 0, at: 0);
        Assert.False(starts.TryGoOn(9 * Ms, out _));
        starts.Park("one", 9 * Ms);
        Assert.False(starts.TryBegin(9 * Ms, out _, out _));
        Assert.Equal(1, _measures.Lag.Count);
    }

    private Starts<string> Of(params string[] users)
    {
        var phase = new Phase { Ids = new IdSequence(1, 2), Timeout = TimeSpan.FromSeconds(1), Pacer = new Pacer(100) };
        return new Starts<string>(new Turns(phase, beganNanoseconds: 0), _measures, users);
    }

    private static void Begin(Starts<string> starts, string user, long operation, long at)
    {
        Assert.True(starts.TryBegin(at, out var began, out var turn));
        Assert.Equal((user, operation), (began, turn.Operation));
    }

    private static void GoOn(Starts<string> starts, long operation, long at)
    {
        Assert.True(starts.TryGoOn(at, out var turn));
        Assert.Equal(operation, turn.Operation);
    }

    /// <summary>Of all that began, the longest delay of the client's own.</summary>
    private void AssertCounted(long lag, long late, long waited)
    {
        Assert.Equal(lag, _measures.Lag.MaxNanoseconds);
        Assert.Equal((late, waited), (_measures.LateStarts, _measures.Waited));
    }
}
