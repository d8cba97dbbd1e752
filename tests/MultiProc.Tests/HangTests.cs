using System.Diagnostics;
using Blobs.TestSupport;
using MultiProc.Tests.Load;

namespace MultiProc.Tests;

/// <summary>Processes that neither answer nor end.</summary>
public sealed class HangTests
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);

    [Fact(Timeout = 60_000)]
    [Trait("Category", "Soak")]
    public async Task A_stopped_worker_is_replaced_within_four_probe_timeouts_and_requests_go_on()
    {
        var isQuiet = await Machine.IsQuietAsync();
        await using var running = new Running();
        await running.StartReadyAsync(procs: 2, ["--probe-timeout", "1"], haproxy: Running.Service);
        var hung = (await running.StatusAsync()).Workers[0].Pid!.Value;
        await SignalAsync("STOP", hung);
        var watch = Stopwatch.StartNew();
        await Eventually.HoldsAsync(
            () => !Directory.Exists($"/proc/{hung}"), () => "the stopped worker is still there", 20 * ProbeTimeout);
        Machine.AssertAtMost(4 * ProbeTimeout.TotalSeconds, watch.Elapsed.TotalSeconds, isQuiet);

        await running.EventuallyAsync(
            status => status is { State: "ready", Workers: [{ Restarts: 1 }, ..] }, "w1 did not come back");
        Assert.NotEmpty(await running.GetAsync("/pid"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_slow_request_is_no_hang()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 1, ["--probe-timeout", "0.2"]);
        var pid = $"{(await running.StatusAsync()).Workers[0].Pid}";
        Assert.Equal(pid, await running.GetAsync("/slow?2000"));
    }

    [Fact(Timeout = 60_000)]
    [Trait("Category", "Soak")]
    public async Task A_HAProxy_that_is_killed_or_stopped_is_replaced_with_its_slots()
    {
        var isQuiet = await Machine.IsQuietAsync();
        await using var running = new Running();
        await running.StartReadyAsync(procs: 2, ["--probe-timeout", "0.3"]);
        // 1.05 s to find one that is stopped; 2 s are what is promised for one that is killed.
        foreach (var (signal, restarts, mostSeconds) in new[] { ("KILL", 1, 2), ("STOP", 2, 4) })
        {
            var haproxy = (await running.PidsAsync())[^1];
            var watch = Stopwatch.StartNew();
            await SignalAsync(signal, haproxy);
            await running.EventuallyAsync(
                status => status.State == "ready"
                    && status.Haproxy!.Restarts == restarts, $"HAProxy did not come back after {signal}");
            Assert.NotEmpty(await running.GetAsync("/pid"));
            Machine.AssertAtMost(mostSeconds, watch.Elapsed.TotalSeconds, isQuiet);
        }
    }

    private static async Task SignalAsync(string signal, int pid) =>
        await ChildProcess.RunAsync("kill", [$"-{signal}", $"{pid}"]);
}
