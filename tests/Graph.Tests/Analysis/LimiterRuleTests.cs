using Graph.Analysis.Limits;
using StudyResults;

namespace Graph.Tests.Analysis;

/// <summary>Planted cases: who was made the limit is named, from the records alone.</summary>
public sealed class LimiterRuleTests
{
    /// <summary>Two seconds on two processors, a worker that uses a third of one, and ten connections that always wait.</summary>
    private static readonly RunRecord Idle = Simulation.Example with
    {
        Procs = 1,
        Block = 1,
        ElapsedSeconds = 2,
        Operations = 20_000,
        CpuSeconds = new CpuSecondsRecord { Client = 0.3, Proxy = 0.2, Workers = [0.6] },
        MachineCpu = new MachineCpuRecord { BusySeconds = 1.2, IdleSeconds = 2.8, IoWaitSeconds = 0, StealSeconds = 0, SoftirqSeconds = 0.1 },
        BusiestThreadSeconds = new ComponentSecondsRecord { Client = 0.3, Proxy = 0.2, Workers = [0.2] },
        RunQueueWaitSeconds = new ComponentSecondsRecord { Client = 0, Proxy = 0, Workers = [0] },
        Pressure = new PressureRecord { CpuSomeSeconds = 0.05, IoSomeSeconds = 0, IoFullSeconds = 0 },
        Latency = new Dictionary<string, LatencyRecord> { ["put"] = Latency(1_000_000) },
    };

    private static readonly RunRecord Full = Idle with
    {
        CpuSeconds = new CpuSecondsRecord { Client = 0.8, Proxy = 0.6, Workers = [2.4] },
        MachineCpu = Idle.MachineCpu! with { BusySeconds = 3.95, IdleSeconds = 0.05 },
        BusiestThreadSeconds = new ComponentSecondsRecord { Client = 0.8, Proxy = 0.6, Workers = [0.5] },
        RunQueueWaitSeconds = new ComponentSecondsRecord { Client = 0.5, Proxy = 0.5, Workers = [4] },
    };

    [Fact]
    public void Sleeping_server_is_latency() => AssertLimiter(Idle, LimiterKind.Latency, Fullness.None, EvidenceKind.Waiting, 1);

    [Fact]
    public void Single_threaded_server_is_its_workers() => AssertLimiter(
        Idle with
        {
            CpuSeconds = Idle.CpuSeconds with { Workers = [0, 1.98, 0] },
            BusiestThreadSeconds = Idle.BusiestThreadSeconds! with { Workers = [0, 1.96, 0] },
        },
        LimiterKind.Workers, Fullness.Full, EvidenceKind.Thread, 0.98);

    [Fact]
    public void Server_of_many_threads_that_uses_one_core_in_all_is_not_single_threaded() => AssertLimiter(
        Idle with
        {
            CpuSeconds = Idle.CpuSeconds with { Workers = [1.98] },
            BusiestThreadSeconds = Idle.BusiestThreadSeconds! with { Workers = [0.5] },
        },
        LimiterKind.Latency, Fullness.None, EvidenceKind.Waiting, 1);

    [Fact]
    public void Worker_at_one_core_in_an_older_record_is_nearly_named() => AssertLimiter(
        Idle with { CpuSeconds = Idle.CpuSeconds with { Workers = [1.96] }, BusiestThreadSeconds = null },
        LimiterKind.Workers, Fullness.Nearly, EvidenceKind.OneCore, 0.98);

    [Fact]
    public void Capped_server_is_its_workers() => AssertLimiter(
        Idle with
        {
            CpuLimit = 0.1,
            CpuSeconds = Idle.CpuSeconds with { Workers = [0.196] },
            Throttled = new ThrottledRecord { Workers = [Throttling(20, 19)] },
        },
        LimiterKind.Workers, Fullness.Full, EvidenceKind.Cap, 0.98);

    [Fact]
    public void Cap_that_stops_it_now_and_then_is_the_limit_before_its_mean_is_full() => AssertLimiter(
        Idle with
        {
            CpuLimit = 0.1,
            CpuSeconds = Idle.CpuSeconds with { Workers = [0.18] },
            Throttled = new ThrottledRecord { Workers = [Throttling(20, 9)] },
        },
        LimiterKind.Workers, Fullness.Full, EvidenceKind.Cap, 0.9);

    [Fact]
    public void Cap_that_stops_it_in_most_periods_is_the_limit_whatever_its_mean() => AssertLimiter(
        Idle with
        {
            CpuLimit = 0.1,
            CpuSeconds = Idle.CpuSeconds with { Workers = [0.13] },
            Throttled = new ThrottledRecord { Workers = [Throttling(20, 14)] },
        },
        LimiterKind.Workers, Fullness.Nearly, EvidenceKind.Throttled, 0.7);

    [Fact]
    public void Workers_that_are_full_come_before_a_store_that_is_stopped_in_most_periods() => AssertLimiter(
        Idle with
        {
            CpuLimit = 0.1,
            StoreEngine = "postgresql",
            StoreCpuLimit = 0.5,
            CpuSeconds = Idle.CpuSeconds with { Workers = [0.196], Store = 0.5 },
            Throttled = new ThrottledRecord { Workers = [Throttling(20, 19)], Store = Throttling(20, 11) },
        },
        LimiterKind.Workers, Fullness.Full, EvidenceKind.Cap, 0.98);

    [Fact]
    public void Starved_proxy_is_the_proxy() => AssertLimiter(
        Idle with
        {
            ProxyCpuLimit = 0.1,
            CpuSeconds = Idle.CpuSeconds with { Proxy = 0.2 },
            Throttled = new ThrottledRecord { Proxy = Throttling(20, 18) },
        },
        LimiterKind.Proxy, Fullness.Full, EvidenceKind.Cap, 1);

    [Fact]
    public void Proxy_at_its_thread_is_the_proxy() => AssertLimiter(
        Idle with
        {
            CpuSeconds = Idle.CpuSeconds with { Proxy = 1.94 },
            BusiestThreadSeconds = Idle.BusiestThreadSeconds! with { Proxy = 1.94 },
        },
        LimiterKind.Proxy, Fullness.Full, EvidenceKind.Thread, 0.97);

    [Fact]
    public void Store_of_one_thread_is_the_store() => AssertLimiter(
        Idle with
        {
            StoreEngine = "redis",
            CpuSeconds = Idle.CpuSeconds with { Store = 1.96 },
            BusiestThreadSeconds = Idle.BusiestThreadSeconds! with { Store = 1.94 },
        },
        LimiterKind.Store, Fullness.Full, EvidenceKind.Thread, 0.97);

    [Fact]
    public void Starved_client_is_the_client() => AssertLimiter(
        Idle with { ClientSaturated = true }, LimiterKind.Client, Fullness.Full, EvidenceKind.NeverWaited, 1);

    [Fact]
    public void Client_at_its_thread_is_the_client() => AssertLimiter(
        Idle with
        {
            CpuSeconds = Idle.CpuSeconds with { Client = 1.96 },
            BusiestThreadSeconds = Idle.BusiestThreadSeconds! with { Client = 1.96 },
        },
        LimiterKind.Client, Fullness.Full, EvidenceKind.Thread, 0.98);

    [Fact]
    public void Client_of_two_threads_has_room_for_two() => AssertLimiter(
        Idle with
        {
            Threads = 2,
            CpuSeconds = Idle.CpuSeconds with { Client = 1.9 },
            BusiestThreadSeconds = Idle.BusiestThreadSeconds! with { Client = 0.96 },
        },
        LimiterKind.Latency, Fullness.None, EvidenceKind.Waiting, 1);

    [Fact]
    public void Full_machine_is_the_machine_even_when_replies_pile_up_for_the_client() => AssertLimiter(
        Full with { ClientSaturated = true }, LimiterKind.Machine, Fullness.Full, EvidenceKind.Processors, 0.9875);

    [Fact]
    public void Busy_machine_on_which_nobody_waits_is_nearly_full() => AssertLimiter(
        Full with { RunQueueWaitSeconds = new ComponentSecondsRecord { Client = 0.01, Proxy = 0.01, Workers = [0.2] } },
        LimiterKind.Machine, Fullness.Nearly, EvidenceKind.Processors, 0.9875);

    [Fact]
    public void Machine_in_the_grey_zone_is_nearly_full() => AssertLimiter(
        Full with { MachineCpu = Full.MachineCpu! with { BusySeconds = 3.6, IdleSeconds = 0.4 } },
        LimiterKind.Machine, Fullness.Nearly, EvidenceKind.Processors, 0.9);

    [Fact]
    public void Slow_disk_is_the_disk() => AssertLimiter(
        Idle with { Pressure = new PressureRecord { CpuSomeSeconds = 0.05, IoSomeSeconds = 1.9, IoFullSeconds = 1.8 } },
        LimiterKind.Disk, Fullness.Full, EvidenceKind.IoPressure, 0.95);

    [Fact]
    public void Connections_that_could_have_asked_for_more_are_not_explained() => AssertLimiter(
        Idle with { Latency = new Dictionary<string, LatencyRecord> { ["put"] = Latency(500_000) } },
        LimiterKind.Unknown, Fullness.None, EvidenceKind.Waiting, 0.5);

    [Fact]
    public void Rate_that_was_given_and_kept_is_the_limiter_with_who_is_nearest_to_a_cap() => AssertLimiter(
        Idle with
        {
            OpenLoop = Loop(ratePerSecond: 10_000),
            CpuLimit = 0.9,
            StoreCpuLimit = 0.7,
            CpuSeconds = Idle.CpuSeconds with { Store = 0.84 },
            Throttled = new ThrottledRecord { Store = Throttling(10, 3) },
        },
        LimiterKind.Rate, Fullness.None, EvidenceKind.Cap, 0.6);

    [Fact]
    public void Rate_that_was_not_kept_explains_nothing() => AssertLimiter(
        Idle with { OpenLoop = Loop(ratePerSecond: 20_000) }, LimiterKind.Unknown, Fullness.None, EvidenceKind.Processors, 0.3);

    private static OpenLoopRecord Loop(double ratePerSecond) => new()
    {
        RatePerSecond = ratePerSecond,
        FromDue = new Dictionary<string, LatencyRecord>(),
        Waited = 0,
        LateStarts = 0,
        MaxLagMicroseconds = 1,
        FellBehind = false,
    };

    [Fact]
    public void Sleeping_server_is_latency_also_where_only_percentiles_are_known() => AssertLimiter(
        Idle with { Latency = new Dictionary<string, LatencyRecord> { ["put"] = Latency(1_000_000) with { Histogram = null } } },
        LimiterKind.Latency, Fullness.None, EvidenceKind.Waiting, 1);

    /// <summary>Records of another program may know nothing of processors, and percentiles without histograms.</summary>
    [Fact]
    public void What_nobody_measured_is_not_explained_and_given_no_figure()
    {
        var latency = Latency(1_000_000) with { Histogram = null };
        var cell = Assert.Single(Simulation.AnalysisOf([Simulation.Example with
        {
            Procs = 1,
            CpuSeconds = new CpuSecondsRecord(),
            Latency = new Dictionary<string, LatencyRecord> { ["put"] = latency },
        }]).Cells);

        Assert.Equal("not explained by what was measured", Graph.Report.Wording.LimiterText.Of(cell.Limiter!));
        Assert.Empty(cell.Latency);
        Assert.Null(cell.Usage!.MicrosecondsPerOperation);
    }

    private static void AssertLimiter(RunRecord run, LimiterKind kind, Fullness fullness, EvidenceKind evidence, double ratio)
    {
        var cell = Assert.Single(Simulation.AnalysisOf([run]).Cells);

        Assert.Equal((kind, fullness), (cell.Limiter!.Kind, cell.Limiter.Fullness));
        Assert.Equal(evidence, cell.Limiter.Evidence[0].Kind);
        Assert.Equal(ratio, cell.Limiter.Evidence[0].Ratio, 0.005);
        Assert.NotEmpty(Graph.Report.Wording.LimiterText.Of(cell.Limiter));
    }

    private static ThrottlingRecord Throttling(long periods, long throttled) =>
        new() { Periods = periods, ThrottledPeriods = throttled, Seconds = 1 };

    private static LatencyRecord Latency(long nanoseconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(nanoseconds, 20_000);
        return LatencyRecord.Of(histogram);
    }
}
