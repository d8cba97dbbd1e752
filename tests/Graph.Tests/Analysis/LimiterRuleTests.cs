using Graph.Analysis;
using Graph.Analysis.Limits;

namespace Graph.Tests.Analysis;

public sealed class LimiterRuleTests
{
    private static readonly Conditions Usual = new() { Concurrency = 10, Proxy = "haproxy" };

    [Fact]
    public void Of_ClientAtItsThread_IsTheClient() => AssertLimiter(
        LimiterKind.Client, "client, 95 % of its thread busy", new Usage { ClientCores = 0.95, ProxyCores = 0.93, WorkersCores = 2, BusiestWorkerCores = 2, MachineCores = 8 });

    [Fact]
    public void Of_ProxyAtItsThread_IsTheProxy() => AssertLimiter(
        LimiterKind.Proxy, "proxy, 97 % of its thread busy", new Usage { ClientCores = 0.5, ProxyCores = 0.97, WorkersCores = 2, BusiestWorkerCores = 2, MachineCores = 8 });

    [Fact]
    public void Of_AnotherProxy_HasNoKnownLimit() => AssertLimiter(
        LimiterKind.Unknown, "not explained: nobody above 90 %, machine 25 % busy",
        new Usage { ClientCores = 0.2, ProxyCores = 1.8, WorkersCores = 0, BusiestWorkerCores = 0, MachineCores = 8 }, Usual with { Proxy = "nginx" });

    [Fact]
    public void Of_WorkersAtTheirCap_AreTheWorkers() => AssertLimiter(
        LimiterKind.Workers, "workers, the busiest at 98 % of its 0.1 cores",
        new Usage { ClientCores = 0.1, ProxyCores = 0.1, WorkersCores = 0.19, BusiestWorkerCores = 0.098, MachineCores = 2 }, Usual with { CpuLimit = 0.1 });

    [Fact]
    public void Of_AllProcessorsBusy_IsTheMachine() => AssertLimiter(
        LimiterKind.Machine, "machine, 2 processors 98 % busy", new Usage { ClientCores = 0.4, ProxyCores = 0.5, WorkersCores = 1.05, BusiestWorkerCores = 1.05, MachineCores = 2 });

    [Fact]
    public void Of_NobodyBusyAndAllConnectionsWaiting_IsLatency() => AssertLimiter(
        LimiterKind.Latency, "latency, nobody above 90 %, machine 35 % busy, 9.8 of 10 connections wait at a time",
        new Usage { ClientCores = 0.2, ProxyCores = 0.2, WorkersCores = 0.3, BusiestWorkerCores = 0.3, MachineCores = 2 }, requestsUnderWay: 9.8);

    [Fact]
    public void Of_NobodyBusyAndConnectionsIdle_IsNotExplained() => AssertLimiter(
        LimiterKind.Unknown, "not explained: nobody above 90 %, machine 35 % busy, 5.0 of 10 connections wait at a time",
        new Usage { ClientCores = 0.2, ProxyCores = 0.2, WorkersCores = 0.3, BusiestWorkerCores = 0.3, MachineCores = 2 }, requestsUnderWay: 5);

    [Fact]
    public void Of_ServersNotMeasured_IsNotKnown() => AssertLimiter(
        LimiterKind.Unknown, "not known, nobody read the servers' CPU", new Usage { ClientCores = 0.2, MachineCores = 2 }, requestsUnderWay: 9.9);

    private static void AssertLimiter(
        LimiterKind kind, string text, Usage usage, Conditions? conditions = null, double? requestsUnderWay = null)
    {
        var limiter = LimiterRule.Of(usage, conditions ?? Usual, requestsUnderWay);

        Assert.Equal((kind, text), (limiter.Kind, limiter.Text));
    }
}
