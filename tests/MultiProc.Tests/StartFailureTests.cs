using Blobs.TestSupport;
using MultiProc.Processes;

namespace MultiProc.Tests;

/// <summary>
/// Workers that do not come up, in whatever way: tried less and less often, told of, and nobody waits for them for ever.
/// </summary>
public sealed class StartFailureTests
{
    private const string W1IsReady = @"w1 \(pid \d+\) ready after";

    [Fact(Timeout = 60_000)]
    public async Task A_worker_that_is_killed_before_it_is_ready_backs_off_and_is_degraded()
    {
        await using var running = new Running();
        var command = $"[ {{index}} = 2 ] && kill -9 $$; exec {string.Join(' ', Running.PythonWorker)}";
        running.Start(running.Arguments(2, command: ["sh", "-c", command]));
        await running.Supervisor.WaitForOutputAsync(W1IsReady);
        var status = await running.EventuallyAsync(now => now.Workers is [_, { State: "failed" }], "it is tried again and again");
        Assert.Equal(5, status.Workers[1].Restarts);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_others_are_up_while_one_fails_to_start_for_the_first_time()
    {
        await using var running = new Running();
        running.Start(running.Arguments(2, command: Running.SecondExitsAtOnce));
        await running.Supervisor.WaitForOutputAsync(W1IsReady);
        await running.EventuallyAsync(
            status => status is { State: "degraded", Workers: [{ Serving: true }, { Restarts: > 0 }] },
            "it is no more than starting");
    }

    [Fact(Timeout = 60_000)]
    public async Task Scaling_does_not_wait_for_an_old_worker_that_is_down_and_says_so()
    {
        await using var running = new Running();
        running.Start(running.Arguments(2, command: Running.SecondExitsAtOnce));
        await running.Supervisor.WaitForOutputAsync(W1IsReady);
        await running.EventuallyAsync(status => status.Workers is [_, { State: "failed" }], "w2 is not degraded");
        var (exitCode, output, error) = await running.AskProcessAsync("scale", "3");
        Assert.True(exitCode == 0, error);
        Assert.Matches("^there are 3 workers now, but w2 was down before and still is: see 'MultiProc status'\n$", output);
        // And nothing is under way any more.
        Assert.Equal(0, (await running.AskAsync("scale", "2")).ExitCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_worker_that_is_just_leaving_is_no_reason_to_refuse_its_port()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 4);
        while ((await running.StatusAsync()).Serving is not [4]) await running.MustAsync("serve", "1");
        var underWay = running.GetAsync("/slow?3000");
        await running.EventuallyAsync(status => status.Workers[3].Requests == 1, "no request under way");
        var down = running.AskAsync("scale", "2");
        await running.EventuallyAsync(
            status => status.Workers is [_, _, { Index: 4, State: "draining" }], "w4 does not drain alone");
        var (exitCode, _, error) = await running.AskAsync("scale", "4");
        Assert.True(exitCode == 0, error);
        Assert.Contains("another change took its place", (await down).StandardError, StringComparison.Ordinal);
        Assert.NotEmpty(await underWay);
        Assert.Equal([1, 2, 3, 4], (await running.StatusAsync()).Serving);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_that_never_liked_the_liveness_path_is_left_alone()
    {
        await using var running = new Running();
        // A busy machine may well keep a worker silent for three times 100 ms.
        await running.StartReadyAsync(procs: 2, ["--probe-timeout", "1s"], [.. Running.PythonWorker, "--sick"]);
        var before = await running.PidsAsync();
        await running.Supervisor.WaitForOutputAsync(
            @"w1 \(pid \d+\) answers GET /health/live with an error and never did otherwise: .*--live-path");
        // More than the time in which three silences end a worker.
        await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);
        Assert.Equal(before, await running.PidsAsync());
        Assert.Single(
            running.Supervisor.StandardError.Split('\n'),
            line => line.Contains("w1 (pid", StringComparison.Ordinal)
                && line.Contains("never did otherwise", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_servers_own_last_words_are_shown_and_the_log_file_has_all_of_it()
    {
        await using var running = new Running();
        var log = running["servers.log"];
        running.Start(running.Arguments(
            1, ["--log-file", log], ["sh", "-c", "echo 'DURABILITY is foo: give none or always' >&2; exit 2; {port}"]));
        var (exitCode, _, error) = await running.AskAsync("status", "--wait-ready", "20s");
        Assert.Equal(1, exitCode);
        Assert.Matches(
            "^MultiProc: not ready .*: w1 is failed; its own words:\n(DURABILITY is foo: give none or always\n)+$", error);
        Assert.Empty(running.Supervisor.StandardOutput);
        var text = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
        Assert.Contains("w1        | DURABILITY is foo: give none or always\n", text, StringComparison.Ordinal);
        Assert.Contains("multiproc | w1 (pid ", text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_process_that_can_not_be_started_is_a_failed_start_and_no_outage()
    {
        await using var running = new Running();
        // What the launcher and the janitor need, by a PATH of our own that can be broken.
        var path = Directory.CreateDirectory(running["bin"]).FullName;
        foreach (var program in new[] { "setsid", "setpriv", "sh", "flock", "grep", "rm", "rmdir", "sleep" })
            File.CreateSymbolicLink(Path.Combine(path, program), Executable.Find(program)!);
        running.Start(running.Arguments(2), new Dictionary<string, string?> { ["PATH"] = path });
        await running.ReadyAsync();
        File.Delete(Path.Combine(path, "setsid"));
        var before = await running.StatusAsync();
        await ChildProcess.RunAsync("kill", ["-9", $"{before.Workers[0].Pid}"]);
        await running.Supervisor.WaitForOutputAsync("w1 could not be started: .*; starting it again in ");
        Assert.Equal($"{before.Workers[1].Pid}", await running.GetAsync("/pid"));
        File.CreateSymbolicLink(Path.Combine(path, "setsid"), Executable.Find("setsid")!);
        await running.EventuallyAsync(status => status.State == "ready", "w1 did not come back");
    }
}
