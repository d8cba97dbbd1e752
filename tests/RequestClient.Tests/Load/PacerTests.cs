using RequestClient.Blobs;
using RequestClient.Load;

namespace RequestClient.Tests.Load;

public sealed class PacerTests
{
    [Theory]
    [InlineData(1000, 0, 0)]
    [InlineData(1000, 1, 1_000_000)]
    [InlineData(1000, 60_000, 60_000_000_000)]
    [InlineData(0.5, 1, 2_000_000_000)]
    [InlineData(300_000, 3, 10_000)]
    public void DueNanoseconds_EvenlySpaced(double rate, long operation, long due) =>
        Assert.Equal(due, new Pacer(rate).DueNanoseconds(operation));

    [Theory]
    [InlineData(1000, 1, 1000)]
    [InlineData(1000, 0.0005, 1)]
    [InlineData(3, 1, 3)]
    [InlineData(0.5, 3, 2)]
    public void DueBefore_CountsWhatIsDueInTheDuration(double rate, double seconds, long operations)
    {
        var pacer = new Pacer(rate);
        Assert.Equal(operations, pacer.DueBefore(TimeSpan.FromSeconds(seconds)));
        Assert.True(pacer.DueNanoseconds(operations - 1) < seconds * 1e9);
        Assert.True(pacer.DueNanoseconds(operations) >= seconds * 1e9);
    }

    private static Phase AnyPhase() => new() { Ids = new IdSequence(1, 2), Timeout = TimeSpan.FromSeconds(1) };

    [Fact]
    public void Turns_OpenLoop_EachOperationDueOnce()
    {
        var turns = new Turns(AnyPhase() with { Duration = TimeSpan.FromMilliseconds(3), Pacer = new Pacer(1000) }, 5_000_000);
        Assert.False(turns.IsNextDue(4_999_999));
        Assert.True(turns.IsNextDue(5_000_000));
        // However late it is, each one keeps its own moment.
        Assert.Equal((0, 5_000_000), turns.Take(50_000_000));
        Assert.False(turns.IsNextDue(5_999_999));
        Assert.Equal((1, 6_000_000), turns.Take(50_000_000));
        Assert.Equal((2, 7_000_000), turns.Take(50_000_000));
        Assert.False(turns.HasNext);
    }

    [Fact]
    public void Turns_ClosedLoop_DueWhenAskedUntilTheEnd()
    {
        var turns = new Turns(AnyPhase() with { Amount = 2, Duration = TimeSpan.FromMilliseconds(1) }, 0);
        Assert.True(turns.IsNextDue(5));
        Assert.Equal((0, 5), turns.Take(5));
        Assert.True(turns.HasNext);
        Assert.False(turns.IsNextDue(1_000_000));
        Assert.False(turns.HasNext);
    }

    [Fact]
    public void OpenLoopMeasures_TellTheGeneratorsDelayFromTheServers()
    {
        var measures = new OpenLoopMeasures(1);
        measures.CountStart(dueNanoseconds: 1_000_000, freeSinceNanoseconds: 0, nowNanoseconds: 1_010_000);
        Assert.Equal((0, 0, false), (measures.LateStarts, measures.Waited, measures.FellBehind));
        // Every connection was busy until 9 ms: the server's fault.
        measures.CountStart(dueNanoseconds: 2_000_000, freeSinceNanoseconds: 9_000_000, nowNanoseconds: 9_010_000);
        Assert.Equal((0, 1, false), (measures.LateStarts, measures.Waited, measures.FellBehind));
        // One was free and nobody took it: ours.
        measures.CountStart(dueNanoseconds: 3_000_000, freeSinceNanoseconds: 1_000_000, nowNanoseconds: 9_010_000);
        Assert.Equal((1, 1, true), (measures.LateStarts, measures.Waited, measures.FellBehind));
    }
}
