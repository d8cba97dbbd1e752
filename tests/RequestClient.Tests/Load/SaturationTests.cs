using RequestClient.Load;

namespace RequestClient.Tests.Load;

/// <summary>When a run shows the client, and not the server.</summary>
public sealed class SaturationTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    [Theory]
    // All of the window on a processor; all of it, or waiting for one; half asleep; hardly ever on one.
    [InlineData(1000, 0, true)]
    [InlineData(700, 290, true)]
    [InlineData(500, 0, false)]
    [InlineData(100, 890, false)]
    public void ClosedLoop_ThreadThatNeverSlept_WasTheLimit(double cpu, double runQueue, bool saturated) =>
        Assert.Equal(saturated, Result(open: null, Share(cpu, runQueue)).IsSaturated);

    [Fact]
    public void OneThreadOfSeveral_IsEnough() => Assert.True(Result(open: null, Share(300, 0), Share(990, 5)).IsSaturated);

    [Fact]
    public void ShortWindowOrNoFigures_NobodyCanTell()
    {
        Assert.Null(Result(open: null, new ThreadShare(TimeSpan.FromMilliseconds(20), Share(20, 0).Used)).IsSaturated);
        Assert.Null(Result(open: null, new ThreadShare(Window, null)).IsSaturated);
    }

    /// <summary>
    /// Issue 12, fault 1: a busy client's connections were never free, so all of its delay passed for the server's.
    /// </summary>
    [Fact]
    public void OpenLoop_OperationsWaitedForAClientThatNeverSlept_ItFellBehind()
    {
        var open = new OpenLoopMeasures(1);
        for (var operation = 0; operation < 100; operation++)
            open.CountStart(operation, freeSinceNanoseconds: 50_000_000, nowNanoseconds: 50_000_000);
        Assert.False(open.IsLate);
        var busy = Result(open, Share(990, 5));
        Assert.Equal((true, true), (busy.IsSaturated, busy.FellBehind));
        var idle = Result(open, Share(200, 5));
        Assert.Equal((false, false), (idle.IsSaturated, idle.FellBehind));
    }

    [Fact]
    public void OpenLoop_ScheduleKept_NotTheLimitThoughItSpun()
    {
        var open = new OpenLoopMeasures(1);
        for (var operation = 0; operation < 100; operation++)
            open.CountStart(operation, freeSinceNanoseconds: 0, nowNanoseconds: operation + 10);
        var result = Result(open, Share(1000, 0));
        Assert.Equal((false, false), (result.IsSaturated, result.FellBehind));
    }

    private static ThreadShare Share(double cpuMilliseconds, double runQueueMilliseconds) => new(
        Window, new ThreadTime(TimeSpan.FromMilliseconds(cpuMilliseconds), TimeSpan.FromMilliseconds(runQueueMilliseconds)));

    private static PhaseResult Result(OpenLoopMeasures? open, params ThreadShare[] threads) => new()
    {
        Measures = new Measures(1) { OpenLoop = open },
        Elapsed = Window,
        Threads = threads,
        Repeats = 1,
        RatesPerSecond = [],
        Settled = false,
    };
}
