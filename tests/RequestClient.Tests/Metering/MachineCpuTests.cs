using RequestClient.Metering;
using StudyResults;

namespace RequestClient.Tests.Metering;

public sealed class MachineCpuTests
{
    [Fact]
    public void Parse_AsTheKernelWrites_SecondsByKind()
    {
        var cpu = MachineCpu.Parse("cpu  100 200 300 4000 50 60 70 800 9 9")!;
        Assert.Equal((7.3, 40, 0.5, 8), (cpu.BusySeconds, cpu.IdleSeconds, cpu.IoWaitSeconds, cpu.StealSeconds));
    }

    [Fact]
    public void Parse_OldKernelWithoutSteal_Null() => Assert.Null(MachineCpu.Parse("cpu 1 2 3 4"));

    [Fact]
    public void Between_IoWaitThatRanBackwards_Zero()
    {
        var start = new MachineCpuRecord { BusySeconds = 1, IdleSeconds = 1, IoWaitSeconds = 1.5, StealSeconds = 0 };
        var between = MachineCpu.Between(start, start with { BusySeconds = 1.75, IoWaitSeconds = 1.25 })!;
        Assert.Equal((0.75, 0), (between.BusySeconds, between.IoWaitSeconds));
    }

    [Theory]
    [InlineData(10, 10L, 5L, 5L, true)]
    [InlineData(10, 9L, 5L, 5L, false)]
    [InlineData(10, 10L, 5L, 4L, false)]
    [InlineData(10, null, 5L, 5L, true)]
    public void Books_BalanceWhenAllKnownOnesAgree(long client, long? proxy, long first, long second, bool balanced)
    {
        var cost = new WindowCost
        {
            CpuSeconds = new CpuSecondsRecord { Client = 1 },
            ClientCollections = 0,
            ProxyRequests = proxy,
            RequestsPerWorker = [first, second],
        };
        Assert.Equal(balanced, cost.Books(client, counted: null, stored: null)!.Balanced);
    }

    [Fact]
    public void Books_OnlyTheClientCounted_Null() =>
        Assert.Null(
            new WindowCost { CpuSeconds = new CpuSecondsRecord { Client = 1 }, ClientCollections = 0 }.Books(
                10, counted: null, stored: null));
}
