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

    [Theory(Timeout = 60_000)]
    [Trait("Category", "Soak")]
    [InlineData("KILL")]
    [InlineData("STOP")]
    public async Task A_HAProxy_that_is_killed_or_stopped_is_replaced_with_its_slots(string signal)
    {
        var isQuiet = await Machine.IsQuietAsync();
        await using var running = new Running();
        await running.StartReadyAsync(procs: 2, ["--probe-timeout", "0.3"]);
        var haproxy = (await running.PidsAsync())[^1];
        var watch = Stopwatch.StartNew();
        await SignalAsync(signal, haproxy);
        await running.EventuallyAsync(status => status is { State: "ready", Haproxy.Restarts: 1 }, "HAProxy did not come back");
        Assert.NotEmpty(await running.GetAsync("/pid"));
        // 1.05 s to find one that is stopped; 2 s are what is promised for one that is killed.
        Machine.AssertAtMost(signal == "KILL" ? 2 : 4, watch.Elapsed.TotalSeconds, isQuiet);
    }

    private static async Task SignalAsync(string signal, int pid) =>
        await ChildProcess.RunAsync("kill", [$"-{signal}", $"{pid}"]);
}
