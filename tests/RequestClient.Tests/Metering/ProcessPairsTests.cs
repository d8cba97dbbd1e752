using RequestClient.Metering;
using StudyResults;

namespace RequestClient.Tests.Metering;

/// <summary>What happened to the supervisor's processes between two looks.</summary>
public sealed class ProcessPairsTests
{
    [Fact]
    public void BusiestThread_IsTheOneThatUsedMostMeanwhile_NotTheOldest()
    {
        var pairs = Pairs(Threads((1, 100), (2, 1)), Threads((1, 100.25), (2, 1.75), (3, 0.5)));
        Assert.Equal([0.75], pairs.BusiestThread(client: 0.5)!.Workers!);
    }

    /// <summary>
    /// A full list hides threads that had used less than its last: what such a one used before is not its whole time.
    /// </summary>
    [Fact]
    public void BusiestThread_ThatWasNotNamedBefore_CountsFromTheLeastOfThoseThatWere()
    {
        var before = Threads([.. Enumerable.Range(1, 8).Select(tid => ((long)tid, 10.0))]);
        var pairs = Pairs(before, Threads((99, 10.5), (1, 10.125)));
        Assert.Equal([0.5], pairs.BusiestThread(client: null)!.Workers!);
    }

    [Fact]
    public void Throttled_DifferencesOfEachWorker_NullWithoutCaps()
    {
        var capped = Pairs(
            new ProcessStatus { Index = 1, Throttled = Throttling(10, 2, 0.5) }, new ProcessStatus
            {
                Index = 1,
                Throttled = Throttling(20, 7, 1.75),
            });
        Assert.Equal(Throttling(10, 5, 1.25), Assert.Single(capped.Throttled()!.Workers!));
        Assert.Null(Pairs(new ProcessStatus { Index = 1 }, new ProcessStatus { Index = 1 }).Throttled());
    }

    [Fact]
    public void RunQueueWait_WorkerThatWasReplaced_IsNotKnown()
    {
        var start = new ProcessStatus { Index = 1, Pid = 7, RunQueueWaitSeconds = 1 };
        Assert.Equal([0.5], Pairs(start, start with { RunQueueWaitSeconds = 1.5 }).RunQueueWait(client: null)!.Workers!);
        Assert.Null(Pairs(start, start with { Pid = 8, RunQueueWaitSeconds = 1.5 }).RunQueueWait(client: null));
    }

    /// <summary>It is the sum of the threads that live: one that ended took its share with it.</summary>
    [Fact]
    public void RunQueueWait_ThreadThatEnded_NeverBelowZero()
    {
        var start = new ProcessStatus { Index = 1, Pid = 7, RunQueueWaitSeconds = 1 };
        Assert.Equal([0.0], Pairs(start, start with { RunQueueWaitSeconds = 0.25 }).RunQueueWait(client: null)!.Workers!);
    }

    [Fact]
    public void Pressure_TotalsInSeconds()
    {
        const string Cpu =
            "some avg10=1.00 avg60=2.00 avg300=3.00 total=1500000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n";
        const string Io =
            "some avg10=0.00 avg60=0.00 avg300=0.00 total=250000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=125000\n";
        var pressure = Pressure.Parse(Cpu, Io);
        Assert.Equal<(double?, double?, double?)>(
            (1.5, 0.25, 0.125), (pressure.CpuSomeSeconds, pressure.IoSomeSeconds, pressure.IoFullSeconds));
        var during = Pressure.Between(pressure, pressure with { CpuSomeSeconds = 2 })!;
        Assert.Equal<(double?, double?)>((0.5, 0.0), (during.CpuSomeSeconds, during.IoSomeSeconds));
    }

    [Theory]
    [InlineData("17", 17L)]
    [InlineData("{\"count\": 17}", 17L)]
    [InlineData("{\"name\":\"x\",\"count\":17}", 17L)]
    [InlineData("{\"a\":1,\"b\":2}", null)]
    [InlineData("[17]", null)]
    [InlineData("many", null)]
    [InlineData("", null)]
    public void StoreCount_NumberOrJsonWithOne(string text, long? number) => Assert.Equal(number, StoreCount.NumberIn(text));

    private static ThrottlingRecord Throttling(long periods, long throttled, double seconds) =>
        new() { Periods = periods, ThrottledPeriods = throttled, Seconds = seconds };

    private static ProcessStatus Threads(params (long Tid, double CpuSeconds)[] threads) =>
        new() { Index = 1, BusiestThreads = [.. threads.Select(thread => new ThreadStatus(thread.Tid, thread.CpuSeconds))] };

    private static ProcessPairs Pairs(ProcessStatus start, ProcessStatus end) => new(Status(start), Status(end));

    private static ControlStatus Status(ProcessStatus worker) => new() { Procs = 1, Workers = [worker] };
}
