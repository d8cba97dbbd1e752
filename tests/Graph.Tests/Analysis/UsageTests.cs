using Graph.Analysis.Limits;
using Graph.Analysis.Scenarios;
using Graph.Analysis.Selecting;
using StudyResults;

namespace Graph.Tests.Analysis;

public sealed class UsageTests
{
    [Fact]
    public void Of_Runs_TakesTheMedianOfEachComponent()
    {
        var usage = Usage.Of(CellOf(Run(0.5, 1, [0.2, 0.4]), Run(0.6, 1.2, [0.3, 0.5]), Run(9, 9, [9, 9])), new Conditions())!;

        Assert.Equal(
            (0.3, 0.6, 0.4, 0.25), (usage.Client!.Cores, usage.Proxy!.Cores, usage.WorkersCores, usage.BusiestWorker!.Cores));
        Assert.Equal((0.3 + 0.6 + 0.4) / 2, usage.MachineRatio, 1e-9);
        Assert.Null(usage.StealRatio);
    }

    [Fact]
    public void Of_RunsThatKnowTheMachine_LeavesOutWhatOthersTook()
    {
        var usage = Usage.Of(
            CellOf(Run(0.5, 1, [0.2]) with
            {
                MachineCpu = new MachineCpuRecord { BusySeconds = 2.7, IdleSeconds = 0.2, IoWaitSeconds = 0.1, StealSeconds = 1 },
            }),
            new Conditions())!;

        Assert.Equal((0.9, 0.25, 0.025), (usage.MachineRatio, usage.StealRatio, usage.DiskWaitRatio));
    }

    [Fact]
    public void Of_PoolOfWorkers_LooksAtTheThreadAndTheCapOfTheBusiest()
    {
        var usage = Usage.Of(
            CellOf(Run(0.5, 1, [0, 1.9, 0.1]) with
            {
                BusiestThreadSeconds = new ComponentSecondsRecord { Workers = [0, 1.8, 0.1] },
                Throttled = new ThrottledRecord { Workers = [Throttling(0, 0), Throttling(20, 10), Throttling(20, 0)] },
            }),
            new Conditions { CpuLimit = 1 })!;

        Assert.Equal((0.95, 0.9, 0.5, 1.0), (usage.BusiestWorker!.Cores, usage.BusiestWorker.BusiestThreadCores, usage.BusiestWorker.ThrottledRatio, usage.BusiestWorker.CapCores));
        Assert.True(usage.BusiestWorker.HasOneBusyThread);
    }

    [Fact]
    public void Of_RunsThatKnowNothingOfTheServers_HasNothingOfThem()
    {
        var usage = Usage.Of(CellOf(Simulation.Example with { Procs = 1 }), new Conditions())!;

        Assert.Equal((null, null), (usage.Proxy, usage.WorkersCores));
    }

    [Fact]
    public void MicrosecondsPerOperation_OfRunsWithAStore_IsTheMedianOfAllTheyUsed()
    {
        var run = Run(0.5, 1, [0.2, 0.4]) with { Operations = 10_000 };
        run = run with { CpuSeconds = run.CpuSeconds with { Store = 0.3 } };
        var usage = Usage.Of(CellOf(run, run with { Operations = 1_000 }, run with { Operations = 20_000 }), new Conditions())!;

        Assert.Equal(50 + 100 + 60 + 30, usage.MicrosecondsPerOperation!.Value, 1e-9);
    }

    [Fact]
    public void MicrosecondsPerOperation_RunsWithoutARightOperationOrWithoutFigures_AreLeftOut()
    {
        var (wrong, unknown) = (Run(0.5, 1, []) with { Operations = 0 }, Simulation.Example with { CpuSeconds = new() });
        Assert.Null(Usage.Of(CellOf(wrong, unknown), new Conditions())!.MicrosecondsPerOperation);
        var right = Run(0.5, 1, [0.5]) with { Operations = 1_000 };
        Assert.Equal(2000, Usage.Of(CellOf(wrong, unknown, right), new Conditions())!.MicrosecondsPerOperation!.Value, 1e-9);
    }

    [Fact]
    public void RequestsUnderWay_ClosedLoop_IsRateTimesMeanLatency()
    {
        var histogram = new LatencyHistogram();
        for (var request = 0; request < 20_000; request++) histogram.Record(1_000_000);
        var cell = CellOf(
            Simulation.Example with { Procs = 1, ElapsedSeconds = 2, Latency = new Dictionary<string, LatencyRecord> { ["put"] = LatencyRecord.Of(histogram) } });

        Assert.Equal(10, StepLatency.RequestsUnderWay(cell, StepLatency.Of(cell))!.Value, 0.02);
    }

    private static ThrottlingRecord Throttling(long periods, long throttled) =>
        new() { Periods = periods, ThrottledPeriods = throttled, Seconds = 0.1 };

    /// <summary>A run of two seconds.</summary>
    private static RunRecord Run(double client, double proxy, IReadOnlyList<double> workers) => Simulation.Example with
    {
        Procs = workers.Count,
        ElapsedSeconds = 2,
        CpuSeconds = new CpuSecondsRecord { Client = client, Proxy = proxy, Workers = workers },
    };

    private static Cell CellOf(params RunRecord[] runs) =>
        new() { Action = "put", Procs = 1, Runs = [.. runs.Select(run => new Run(run))], OperationsPerSecond = 1 };
}
