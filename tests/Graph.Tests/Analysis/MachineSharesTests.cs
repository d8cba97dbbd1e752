using Graph.Analysis.Limits;
using Graph.Analysis.Scenarios;
using Graph.Analysis.Selecting;
using StudyResults;

namespace Graph.Tests.Analysis;

public sealed class MachineSharesTests
{
    [Fact]
    public void Of_Runs_PartsAreMeansAndAddUpToTheWhole()
    {
        // Of two seconds each: the second run was busier by what its worker did, and a median would not see it.
        var usual = Run(busySeconds: 3, softirqSeconds: 0.2, worker: 0.6);
        var shares = Of(usual, Run(busySeconds: 4, softirqSeconds: 0.2, worker: 1.6), usual);

        Assert.Equal((0.25, 0.5, 0.15), (shares.ClientCores, shares.ProxyCores, shares.StoreCores));
        Assert.Equal(2.8 / 6, shares.WorkersCores!.Value, 1e-9);
        Assert.Equal(0.1, shares.KernelCores!.Value, 1e-9);
        Assert.Equal(10.0 / 6 - 0.25 - 0.5 - 0.15 - 2.8 / 6 - 0.1, shares.OthersCores!.Value, 1e-9);
    }

    [Theory]
    // Ours used 2.4 s. Packets' work that was charged to us is not counted twice; clocks of 10 ms may see less than we used.
    [InlineData(3, 0.2, 0.1, 0.2)]
    [InlineData(2.5, 0.2, 0.05, 0)]
    [InlineData(2.3, 0.2, 0, 0)]
    public void Of_Kernel_IsWhatWasChargedToNobody(double busySeconds, double softirqSeconds, double kernelCores, double othersCores)
    {
        var shares = Of(Run(busySeconds, softirqSeconds, worker: 0.6));

        Assert.Equal(kernelCores, shares.KernelCores!.Value, 1e-9);
        Assert.Equal(othersCores, shares.OthersCores!.Value, 1e-9);
    }

    [Fact]
    public void Of_KernelsWorkNotKnown_IsWithTheOthers()
    {
        var shares = Of(Run(busySeconds: 3, softirqSeconds: null, worker: 0.6));

        Assert.Null(shares.KernelCores);
        Assert.Equal(0.3, shares.OthersCores!.Value, 1e-9);
    }

    /// <summary>A run of two seconds.</summary>
    private static RunRecord Run(double busySeconds, double? softirqSeconds, double worker) => Simulation.Example with
    {
        ElapsedSeconds = 2,
        CpuSeconds = new CpuSecondsRecord { Client = 0.5, Proxy = 1, Workers = [worker], Store = 0.3 },
        MachineCpu = new MachineCpuRecord
        {
            BusySeconds = busySeconds,
            IdleSeconds = 1,
            IoWaitSeconds = 0,
            StealSeconds = 0,
            SoftirqSeconds = softirqSeconds,
        },
    };

    private static MachineShares Of(params RunRecord[] runs) => MachineShares.Of(
        new Cell { Action = "put", Procs = 1, Runs = [.. runs.Select(run => new Run(run))], OperationsPerSecond = 1 })!;
}
