using System.Text.RegularExpressions;
using Blobs.TestSupport;

namespace MultiProc.Tests;

/// <summary>The real program with real workers and a real HAProxy.</summary>
public sealed class SupervisorProcessTests
{
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(2);

    [Fact(Timeout = 60_000)]
    public async Task Starts_workers_behind_HAProxy_and_says_so()
    {
        await using var running = new Running();
        var supervisor = await running.StartReadyAsync(procs: 3);

        var answers = new HashSet<string>();
        for (var request = 0; request < 30; request++) answers.Add(await running.GetAsync("/pid"));

        var status = await running.StatusAsync();
        var workers = status.GetProperty("workers").EnumerateArray().ToList();
        Assert.Equal(workers.Select(worker => worker.GetProperty("pid").GetRawText()).Order(), answers.Order());
        Assert.Equal("ready", status.GetProperty("state").GetString());
        Assert.Equal(supervisor.Pid, status.GetProperty("pid").GetInt32());
        Assert.Equal(3, status.GetProperty("procs").GetInt32());
        Assert.Equal([1, 2, 3], workers.Select(worker => worker.GetProperty("index").GetInt32()));
        Assert.Equal([running.FirstPort, running.FirstPort + 1, running.FirstPort + 2], workers.Select(worker => worker.GetProperty("port").GetInt32()));
        Assert.All(workers, worker => Assert.Equal(10, worker.GetProperty("requests").GetInt64()));
        Assert.All(workers, worker => Assert.InRange(worker.GetProperty("cpuSeconds").GetDouble(), 0.001, 60));
        Assert.All(workers, worker => Assert.InRange(worker.GetProperty("rssBytes").GetInt64(), 1_000_000, 1_000_000_000));
        Assert.Equal(30, status.GetProperty("haproxy").GetProperty("requests").GetInt64());
        Assert.Matches($@"(?m)^w2 +\| listening on {running.FirstPort + 1} data in {Regex.Escape(running.DataDirectory)}$", supervisor.StandardOutput);
    }

    [Fact(Timeout = 60_000)]
    public async Task Runs_workers_without_HAProxy()
    {
        await using var running = new Running();
        running.Start(
            "--procs", "1", "--first-port", $"{running.FirstPort}", "--control", running.Control,
            "--", Running.Python, Running.WorkerScript, "none", "{port}");
        var wait = await running.AskAsync("status", "--wait-ready", "20", "--json");
        Assert.Equal(0, wait.ExitCode);
        Assert.Contains("\"haproxy\":null", wait.StandardOutput, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_crashed_worker_is_started_again_and_serves()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 2);
        await Assert.ThrowsAsync<HttpRequestException>(() => running.GetAsync($"http://127.0.0.1:{running.FirstPort}/crash"));

        await running.EventuallyAsync(
            status => status.GetProperty("state").GetString() == "ready" && status.GetProperty("workers")[0].GetProperty("restarts").GetInt32() == 1,
            "w1 did not come back");
        await running.Supervisor.WaitForOutputAsync(@"w1 \(pid \d+\) ended with status 3; starting it again in 0.1 s");
        var answers = new HashSet<string>();
        for (var request = 0; request < 10; request++) answers.Add(await running.GetAsync("/pid"));
        Assert.Equal(2, answers.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_killed_HAProxy_is_started_again_with_its_slots()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 2);
        var haproxy = (await running.PidsAsync())[^1];
        await ChildProcess.RunAsync("kill", ["-9", $"{haproxy}"]);

        await running.EventuallyAsync(
            status => status.GetProperty("state").GetString() == "ready" && status.GetProperty("haproxy").GetProperty("restarts").GetInt32() == 1,
            "HAProxy did not come back");
        Assert.NotEmpty(await running.GetAsync("/pid"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_worker_that_exits_at_once_is_reported_and_the_wait_does_not_last()
    {
        await using var running = new Running();
        running.Start(running.Arguments(1, command: [Running.Python, Running.WorkerScript, "{dir}", "{port}", "--exit-at-once"]));
        var wait = await running.AskAsync("status", "--wait-ready", "20");
        Assert.Equal(1, wait.ExitCode);
        Assert.Matches(@"^MultiProc: not ready \(degraded\): w1 is failed; .*\n$", wait.StandardError);
        await running.Supervisor.WaitForOutputAsync("w1 .* ended with status 7; starting it again in 60 s: degraded");
    }

    [Theory(Timeout = 60_000)]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_stops_everything_in_order(string signal, int exitStatus)
    {
        await using var running = new Running();
        var supervisor = await running.StartReadyAsync(procs: 2);
        var pids = await running.PidsAsync();
        var underWay = running.GetAsync("/slow?300");
        await running.EventuallyAsync(status => status.GetProperty("haproxy").GetProperty("requests").GetInt64() == 1, "no request under way");

        supervisor.Signal(signal);
        Assert.Equal(exitStatus, await supervisor.WaitForExitAsync(Running.Patience));
        await running.NothingIsLeftAsync(pids, TimeSpan.Zero);
        Assert.Contains(await underWay, pids.Select(pid => $"{pid}"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Stop_returns_when_everything_is_gone()
    {
        await using var running = new Running();
        var supervisor = await running.StartReadyAsync(procs: 2);
        var pids = await running.PidsAsync();

        var stop = await running.AskAsync("stop");
        Assert.Equal((0, ""), (stop.ExitCode, stop.StandardError));
        await running.NothingIsLeftAsync([supervisor.Pid, .. pids], TimeSpan.Zero);
        Assert.Equal(0, await supervisor.WaitForExitAsync(Running.Patience));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_second_signal_kills_workers_that_do_not_end()
    {
        await using var running = new Running();
        var supervisor = await running.StartReadyAsync(1, command: [Running.Python, Running.WorkerScript, "{dir}", "{port}", "--ignore-term"]);
        var pids = await running.PidsAsync();
        supervisor.Signal("TERM");
        await running.EventuallyAsync(status => status.GetProperty("workers")[0].GetProperty("state").GetString() == "stopping", "not stopping");
        supervisor.Signal("TERM");
        Assert.Equal(143, await supervisor.WaitForExitAsync(TimeSpan.FromSeconds(5)));
        await running.NothingIsLeftAsync(pids, TimeSpan.Zero);
    }

    [Fact(Timeout = 60_000)]
    public async Task Kill_9_leaves_nothing_and_the_next_start_works()
    {
        await using var running = new Running();
        var supervisor = await running.StartReadyAsync(procs: 2);
        var pids = await running.PidsAsync();
        supervisor.Signal("KILL");
        await supervisor.WaitForExitAsync(Running.Patience);
        await running.NothingIsLeftAsync(pids, AfterKill);

        await running.StartReadyAsync(procs: 2);
    }

    [Fact(Timeout = 60_000)]
    public async Task Kill_9_also_ends_what_a_worker_had_started()
    {
        await using var running = new Running();
        var wrapped = "sleep 1000 & echo grandchild $!; exec " + Running.Python + " " + Running.WorkerScript + " {dir} {port}";
        var supervisor = await running.StartReadyAsync(1, command: ["sh", "-c", wrapped]);
        var grandchild = int.Parse((await supervisor.WaitForOutputAsync(@"grandchild (\d+)")).Groups[1].Value, null);
        Assert.True(Directory.Exists($"/proc/{grandchild}"));
        supervisor.Signal("KILL");
        await running.NothingIsLeftAsync([grandchild], AfterKill);
    }

    [Fact(Timeout = 60_000)]
    public async Task Eight_workers_are_ready_within_two_seconds()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 8);
        var seconds = double.Parse((await running.Supervisor.WaitForOutputAsync(@"all ready after ([\d.]+) s")).Groups[1].Value, null);
        TestContext.Current.SendDiagnosticMessage($"8 workers ready after {seconds} s");
        // Other work on the machine can slow it down; what it takes on a quiet one is measured by the soak tests.
        Assert.InRange(seconds, 0, 10);
    }
}
