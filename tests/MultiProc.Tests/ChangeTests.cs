using Blobs.TestSupport;
using MultiProc.Configuration;
using MultiProc.Control;

namespace MultiProc.Tests;

/// <summary>Scaling and rolling restarts, what they refuse, and what they do when the new workers fail.</summary>
public sealed class ChangeTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_roll_whose_new_program_fails_is_given_up_after_one_worker()
    {
        await using var running = new Running();
        var program = running["program.sh"];
        await File.WriteAllTextAsync(
            program, $"exec {Running.Python} {Running.WorkerScript} \"$@\"\n", TestContext.Current.CancellationToken);
        await running.StartReadyAsync(procs: 3, command: ["sh", program, "{dir}", "{port}"]);
        var before = await running.PidsAsync();
        await File.WriteAllTextAsync(program, "echo no such library; exit 7\n", TestContext.Current.CancellationToken);

        var (exitCode, _, error) = await running.AskProcessAsync("restart");
        Assert.Equal(1, exitCode);
        Assert.Equal(
            "MultiProc: rolling restart given up at w1: the new one ended with status 7, its output says why; "
            + "2 more were left as they are\n",
            error);
        Assert.Contains("w1        | no such library\n", running.Supervisor.StandardOutput, StringComparison.Ordinal);
        Assert.Superset(before.Skip(1).ToHashSet(), (await running.PidsAsync()).ToHashSet());
        Assert.Equal("degraded", (await running.StatusAsync()).State);
        for (var request = 0; request < 10; request++)
            Assert.Contains(await running.GetAsync("/pid"), before.Select(pid => $"{pid}"));
    }

    [Fact(Timeout = 60_000)]
    public async Task More_workers_than_the_configuration_has_slots()
    {
        await using var running = new Running(slots: 10);
        await running.StartReadyAsync(procs: 1, haproxy: Running.Service);
        await running.MustAsync("scale", "10");
        var answers = new HashSet<string>();
        await Eventually.HoldsAsync(
            async () => answers.Add(await running.GetAsync("/pid")) && answers.Count == 10,
            () => $"{answers.Count} of 10 workers answer",
            Running.Patience);
        // HAProxy forgets the slots that were added; they are added again.
        await ChildProcess.RunAsync("kill", ["-9", $"{(await running.PidsAsync())[^1]}"]);
        await running.EventuallyAsync(status => status is { State: "ready", Haproxy.Restarts: 1 }, "HAProxy did not come back");
        await running.MustAsync("scale", "2");
        Assert.Equal(3, (await running.PidsAsync()).Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Signals_ask_for_one_more_one_less_and_a_restart()
    {
        await using var running = new Running();
        var supervisor = await running.StartReadyAsync(procs: 1);
        supervisor.Signal("TTIN");
        await running.EventuallyAsync(status => status is { State: "ready", Workers.Count: 2 }, "TTIN");
        supervisor.Signal("TTOU");
        await running.EventuallyAsync(status => status is { State: "ready", Workers.Count: 1 }, "TTOU");
        supervisor.Signal("TTOU");
        await supervisor.WaitForOutputAsync("SIGTTOU: 0 workers are out of bounds: ask for 1 to 256");
        var before = await running.PidsAsync();
        supervisor.Signal("HUP");
        await supervisor.WaitForOutputAsync("rolling restart done");
        await running.EventuallyAsync(status => status.State == "ready", "HUP");
        Assert.Single(before.Intersect(await running.PidsAsync()));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_port_that_is_in_use_is_no_place_to_scale_to()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 1);
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, running.FirstPort + 2);
        listener.Start();
        var (exitCode, _, error) = await running.AskAsync("scale", "3");
        Assert.Equal(1, exitCode);
        var line = $"MultiProc: port {running.FirstPort + 2}, for worker 3, is in use: stop what listens there ('ss -ltnp')\n";
        Assert.Equal(line, error);
        Assert.Equal(("ready", 1), ((await running.StatusAsync()).State, (await running.StatusAsync()).Procs));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_new_worker_that_fails_is_reported_to_who_asked()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 1, command: Running.SecondExitsAtOnce);
        var (exitCode, _, error) = await running.AskAsync("scale", "2");
        Assert.Equal(1, exitCode);
        Assert.Matches("^MultiProc: w2 ended with status 7 before it was ready, its output says why; .*\n$", error);
        await running.MustAsync("scale", "1");
        Assert.Equal("ready", (await running.StatusAsync()).State);
    }

    [Fact(Timeout = 60_000)]
    public async Task One_change_at_a_time()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 2);
        var underWay = running.GetAsync("/slow?3000");
        await running.EventuallyAsync(status => status.Haproxy!.Requests == 1, "no request under way");
        var roll = running.AskAsync("restart");
        await running.EventuallyAsync(status => status.Workers.Any(worker => worker.State == "draining"), "no roll under way");
        using var client = new ControlClient(new ControlPath(running.Control));
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal("a rolling restart is under way: wait until it is done", await client.ScaleAsync(3, _ => { }, cancellation));
        Assert.Equal(
            "workers are being replaced, added or taken away already: wait until that is done",
            await client.RestartAsync(cancellation));
        Assert.Equal(0, (await roll).ExitCode);
        Assert.NotEmpty(await underWay);
    }
}
