using MultiProc.Control;

namespace MultiProc.Tests.Control;

public sealed class MetricsTests
{
    [Fact]
    public void Format_Report_PrometheusTextWithoutWhatIsUnknown()
    {
        var running = new ProcessReport
        {
            Port = 9001,
            Pid = 12,
            State = "ready",
            Restarts = 1,
            CpuSeconds = 1.5,
            RssBytes = 4096,
            Requests = 7,
            Limits = new ProcessLimitsReport(null, null, null),
            Throttled = null,
            BusiestThreads = [],
            RunQueueWaitSeconds = 0,
            LastWords = [],
        };
        var waiting = running with { Pid = null, State = "waiting", CpuSeconds = null, RssBytes = null, Requests = null };
        var text = Metrics.Format(new StatusReport
        {
            Pid = 1,
            Procs = 2,
            State = "degraded",
            Workers =
            [
                new WorkerReport(running) { Index = 1, Serving = true },
                new WorkerReport(waiting) { Index = 2, Serving = false },
            ],
            WayIn = "none",
            Serving = [1],
            Software = [],
            Command = ["app"],
            Haproxy = null,
            Environment = new Dictionary<string, string>(),
            Limits = new LimitsReport(null, null, null),
        });
        var lines = text.Split('\n');
        Assert.Contains("multiproc_state{state=\"degraded\"} 1", lines);
        Assert.Contains("multiproc_state{state=\"ready\"} 0", lines);
        Assert.Contains("multiproc_workers_wanted 2", lines);
        Assert.Contains("multiproc_process_ready{process=\"w1\"} 1", lines);
        Assert.Contains("multiproc_process_ready{process=\"w2\"} 0", lines);
        Assert.Contains("multiproc_process_cpu_seconds_total{process=\"w1\"} 1.5", lines);
        Assert.Contains("multiproc_process_requests_total{process=\"w1\"} 7", lines);
        Assert.DoesNotContain(lines, line => line.Contains("requests_total{process=\"w2\"}", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Matches(@"^$|^# (HELP|TYPE) \w+ .+$|^\w+(\{\w+=""\w+""\})? [\d.]+$", line));
    }
}
