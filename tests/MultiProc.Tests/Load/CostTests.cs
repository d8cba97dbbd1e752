using System.Diagnostics;
using System.Globalization;
using MultiProc.Processes;

namespace MultiProc.Tests.Load;

/// <summary>What supervising costs, and how long a start takes.</summary>
[Collection(nameof(Alone))]
public sealed class CostTests
{
    // Whatever else the machine has to do; what it takes when it has nothing is for the full size.
    [Fact(Timeout = 60_000)]
    public Task Eight_workers_are_ready_soon_and_idle_they_cost_next_to_nothing() =>
        StartAsync(mostSeconds: 6, TimeSpan.FromSeconds(3), mostCores: 0.02);

    [Fact(Timeout = 600_000, Skip = Soak.Reason, SkipType = typeof(Soak), SkipUnless = nameof(Soak.IsEnabled))]
    [Trait("Category", "Soak")]
    public Task Eight_workers_are_ready_within_two_seconds_and_idle_they_cost_under_0_4_percent_of_a_core() =>
        StartAsync(mostSeconds: 2, TimeSpan.FromSeconds(30), mostCores: 0.004);

    [Fact(Timeout = 60_000)]
    public async Task A_worker_that_exits_at_once_costs_under_a_percent_of_a_core()
    {
        await using var running = new Running();
        running.Start(running.Arguments(2, command: Running.SecondExitsAtOnce));
        // With a HAProxy and another worker that serve.
        await running.Supervisor.WaitForOutputAsync("degraded, it failed to start 5 times in a row");
        var share = await MeasureAsync(running.Supervisor.Pid, TimeSpan.FromSeconds(3));
        Soak.Print($"supervisor of a worker that exits at once: {100 * share:0.00} % of a core");
        Assert.InRange(share, 0, 0.01);
    }

    private static async Task StartAsync(double mostSeconds, TimeSpan idle, double mostCores)
    {
        var isQuiet = await Machine.IsQuietAsync();
        await using var running = new Running();
        await running.StartReadyAsync(procs: 8, command: Running.BlobsWorker, haproxy: Running.Service);
        var match = await running.Supervisor.WaitForOutputAsync(@"all ready after ([\d.]+) s: 8 workers behind HAProxy");
        var seconds = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        Soak.Print($"8 workers ready after {seconds} s");
        Machine.AssertAtMost(mostSeconds, seconds, isQuiet);
        // The runtime still compiles what it has found to be hot.
        await MeasureAsync(running.Supervisor.Pid, TimeSpan.FromSeconds(2));
        var share = await MeasureAsync(running.Supervisor.Pid, idle);
        Soak.Print($"idle supervisor of 8 workers: {100 * share:0.00} % of a core over {idle.TotalSeconds:0} s");
        Assert.InRange(share, 0, mostCores);
    }

    /// <summary>Cores used, over so long. Time is what is measured here, so it has to pass.</summary>
    private static async Task<double> MeasureAsync(int pid, TimeSpan duration)
    {
        var watch = Stopwatch.StartNew();
        var before = Posix.CpuTimeOf(pid)!.Value;
        await Task.Delay(duration, TestContext.Current.CancellationToken);
        return (Posix.CpuTimeOf(pid)!.Value - before) / watch.Elapsed;
    }
}
