namespace StudyResults.Tests;

public sealed class DisturbanceTests
{
    /// <summary>Two seconds on two processors, of which client, proxy, workers and the kernel's packets used 3.5.</summary>
    private static readonly RunRecord Quiet = Records.Minimal() with
    {
        ElapsedSeconds = 2,
        CpuSeconds = new CpuSecondsRecord { Client = 0.5, Proxy = 0.5, Workers = [1, 1, 0] },
        MachineCpu = new MachineCpuRecord { BusySeconds = 3.55, IdleSeconds = 0.45, IoWaitSeconds = 0, SoftirqSeconds = 0.5, StealSeconds = 0 },
    };

    [Fact]
    public void Of_QuietRun_IsNotDisturbed()
    {
        var disturbance = Disturbance.Of(Quiet);

        Assert.Equal(0.0125, disturbance.OthersRatio!.Value, 1e-9);
        Assert.False(disturbance.IsDisturbed);
    }

    [Fact]
    public void Of_SomethingElseOnAQuarterOfTheMachine_IsDisturbed()
    {
        var disturbance = Disturbance.Of(Quiet with { CpuSeconds = Quiet.CpuSeconds with { Workers = [0.5, 0.5, 0] } });

        Assert.True(disturbance.ByOthers && !disturbance.BySteal);
    }

    [Fact]
    public void Of_StoreThatIsOurs_IsNobodyElse()
    {
        var run = Quiet with { StoreEngine = "redis", CpuSeconds = Quiet.CpuSeconds with { Workers = [0.5, 0.5, 0], Store = 1 } };

        Assert.False(Disturbance.Of(run).IsDisturbed);
        Assert.Null(Disturbance.Of(run with { CpuSeconds = run.CpuSeconds with { Store = null } }).OthersRatio);
    }

    [Fact]
    public void Of_OtherMachinesThatTakeATenth_IsDisturbed() => Assert.True(
        Disturbance.Of(Quiet with { MachineCpu = Quiet.MachineCpu! with { IdleSeconds = 0.05, StealSeconds = 0.4 } }).BySteal);

    [Fact]
    public void Of_ShortWindow_AllowsForTheStepsOfTheClock()
    {
        var run = Quiet with
        {
            ElapsedSeconds = 0.2,
            CpuSeconds = new CpuSecondsRecord { Client = 0.05, Proxy = 0.05, Workers = [0.2] },
            MachineCpu = new MachineCpuRecord { BusySeconds = 0.36, IdleSeconds = 0.04, IoWaitSeconds = 0, SoftirqSeconds = 0, StealSeconds = 0 },
        };

        Assert.Equal(0.15, Disturbance.Of(run).OthersRatio!.Value, 1e-9);
        Assert.False(Disturbance.Of(run).IsDisturbed);
    }

    [Fact]
    public void Of_RecordThatKnowsNothingOfTheMachine_IsNotDisturbed()
    {
        Assert.False(Disturbance.Of(Records.Minimal()).IsDisturbed);
        Assert.Null(Disturbance.Of(Quiet with { CpuSeconds = new CpuSecondsRecord { Client = 0.5 } }).OthersRatio);
    }
}
