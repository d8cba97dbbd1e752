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

    [Fact]
    public void MomentsPacer_WhatTheFileSays()
    {
        var pacer = new MomentsPacer([0, 1_000_000, 1_000_000, 4_000_000]);
        Assert.Equal(
            [0, 1_000_000, 1_000_000, 4_000_000], Enumerable.Range(0, 4).Select(operation => pacer.DueNanoseconds(operation)));
        Assert.Equal(1000, pacer.RatePerSecond);
        Assert.Equal(
            [0, 1, 3, 3, 4], ((double[])[0, 1, 1.5, 4, 9]).Select(
                milliseconds => pacer.DueBefore(TimeSpan.FromMilliseconds(milliseconds))));
    }

    [Fact]
    public void AtRandom_TheRateOverTheWhole_AndNoTwoGapsAlike()
    {
        var length = TimeSpan.FromSeconds(2);
        var pacer = MomentsPacer.AtRandom(1000, length);
        var due = Enumerable.Range(0, 2000).Select(operation => pacer.DueNanoseconds(operation)).ToList();
        Assert.Equal(2000, pacer.DueBefore(length));
        Assert.Equal(due.Order(), due);
        Assert.All(due, moment => Assert.InRange(moment, 0, 2_000_000_000));
        var gaps = due.Zip(due.Skip(1), (one, next) => next - one).ToList();
        // Of gaps that scatter exponentially 37 % are longer than their mean; of even ones none, of paired ones half.
        Assert.InRange(gaps.Count(gap => gap > gaps.Average()) / (double)gaps.Count, 0.3, 0.44);
        // A loop of another thread may take the last one between a look and the next.
        Assert.Equal(due[^1], pacer.DueNanoseconds(2000));
    }

    private static Phase AnyPhase() => new() { Ids = new IdSequence(1, 2), Timeout = TimeSpan.FromSeconds(1) };

    [Fact]
    public void Turns_OpenLoop_EachOperationDueOnce()
    {
        var turns = new Turns(AnyPhase() with { Duration = TimeSpan.FromMilliseconds(3), Pacer = new Pacer(1000) }, 5_000_000);
        Assert.False(turns.TryTake(4_999_999, out _));
        Assert.Equal(new Turn(0, 5_000_000), Take(turns, 5_000_000));
        Assert.False(turns.TryTake(5_999_999, out _));
        // However late it is, each one keeps its own moment.
        Assert.Equal(new Turn(1, 6_000_000), Take(turns, 50_000_000));
        Assert.Equal(new Turn(2, 7_000_000), Take(turns, 50_000_000));
        Assert.False(turns.HasNext);
    }

    [Fact]
    public void Turns_ClosedLoop_DueWhenAskedUntilTheEnd()
    {
        var turns = new Turns(AnyPhase() with { Amount = 2, Duration = TimeSpan.FromMilliseconds(1) }, 0);
        Assert.Equal(new Turn(0, 5), Take(turns, 5));
        Assert.True(turns.HasNext);
        Assert.False(turns.TryTake(1_000_000, out _));
        Assert.False(turns.HasNext);
    }

    [Fact]
    public void Turns_AtLeast_WholeAmountsUntilThen()
    {
        var turns = new Turns(AnyPhase() with { Amount = 2, AtLeast = TimeSpan.FromMilliseconds(1) }, 0);
        for (var operation = 0; operation < 3; operation++) Assert.Equal(new Turn(operation, 10), Take(turns, 10));
        // The repetition that was begun is done to its end, and then no other begins.
        Assert.Equal(new Turn(3, 2_000_000), Take(turns, 2_000_000));
        Assert.False(turns.TryTake(2_000_000, out _));
        Assert.Equal(2, turns.Repeats);
    }

    [Fact]
    public void Turns_SharedByThreads_EachOperationGoesToOne()
    {
        const int Amount = 200_000;
        var turns = new Turns(AnyPhase() with { Amount = Amount }, 0);
        var taken = new int[Amount];
        Parallel.For(0, 4, _ =>
        {
            while (turns.TryTake(1, out var turn)) Interlocked.Increment(ref taken[turn.Operation]);
        });
        Assert.All(taken, times => Assert.Equal(1, times));
    }

    private static Turn Take(Turns turns, long now)
    {
        Assert.True(turns.TryTake(now, out var turn));
        return turn;
    }

    [Fact]
    public void OpenLoopMeasures_TellTheGeneratorsDelayFromTheServers()
    {
        var measures = new OpenLoopMeasures(1);
        measures.CountStart(dueNanoseconds: 1_000_000, freeSinceNanoseconds: 0, nowNanoseconds: 1_010_000);
        Assert.Equal((0, 0, false), (measures.LateStarts, measures.Waited, measures.IsLate));
        // Every connection was busy until 9 ms: the server's fault.
        measures.CountStart(dueNanoseconds: 2_000_000, freeSinceNanoseconds: 9_000_000, nowNanoseconds: 9_010_000);
        Assert.Equal((0, 1, false), (measures.LateStarts, measures.Waited, measures.IsLate));
        // One was free and nobody took it: ours.
        measures.CountStart(dueNanoseconds: 3_000_000, freeSinceNanoseconds: 1_000_000, nowNanoseconds: 9_010_000);
        Assert.Equal((1, 1, true), (measures.LateStarts, measures.Waited, measures.IsLate));
    }
}
