using System.Text.Json;
using System.Text.RegularExpressions;
using Blobs.TestSupport;
using MultiProc.Processes;

namespace MultiProc.Tests;

/// <summary>The real program with real workers and a real HAProxy.</summary>
public sealed class SupervisorProcessTests
{
    [Fact(Timeout = 60_000)]
    public async Task Starts_workers_behind_HAProxy_and_says_so()
    {
        await using var running = new Running();
        var supervisor = await running.StartReadyAsync(procs: 3, ["--env", "MARK=1"]);

        var answers = new HashSet<string>();
        for (var request = 0; request < 30; request++) answers.Add(await running.GetAsync("/pid"));

        var status = await running.StatusJsonAsync();
        var workers = status.GetProperty("workers").EnumerateArray().ToList();
        Assert.Equal(workers.Select(worker => worker.GetProperty("pid").GetRawText()).Order(), answers.Order());
        Assert.Equal("ready", status.GetProperty("state").GetString());
        Assert.Equal(supervisor.Pid, status.GetProperty("pid").GetInt32());
        Assert.Equal(3, status.GetProperty("procs").GetInt32());
        Assert.Equal([1, 2, 3], workers.Select(worker => worker.GetProperty("index").GetInt32()));
        Assert.Equal(
            [running.FirstPort, running.FirstPort + 1, running.FirstPort + 2],
            workers.Select(worker => worker.GetProperty("port").GetInt32()));
        Assert.All(workers, worker => Assert.Equal(10, worker.GetProperty("requests").GetInt64()));
        Assert.All(workers, worker => Assert.InRange(worker.GetProperty("cpuSeconds").GetDouble(), 0.001, 60));
        Assert.All(workers, worker => Assert.InRange(worker.GetProperty("rssBytes").GetInt64(), 1_000_000, 1_000_000_000));
        Assert.Equal(30, status.GetProperty("haproxy").GetProperty("requests").GetInt64());
        Assert.Equal("1", status.GetProperty("environment").GetProperty("MARK").GetString());
        Assert.Equal("0", status.GetProperty("environment").GetProperty("DOTNET_gcServer").GetString());
        var listening = $@"(?m)^w2 +\| listening on {running.FirstPort + 1} data in {Regex.Escape(running.DataDirectory)}$";
        Assert.Matches(listening, supervisor.StandardOutput);

        // ... and to others than its own client.
        var metrics = await ChildProcess.RunAsync("curl", ["-sS", "--unix-socket", running.Control, "http://multiproc/metrics"]);
        Assert.Contains(
            "multiproc_process_requests_total{process=\"w1\"} 10\n", metrics.StandardOutput, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Totals_go_on_when_a_worker_or_HAProxy_is_started_again()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 1);
        for (var request = 0; request < 10; request++) await running.GetAsync("/pid");
        for (var killed = 0; killed < 2; killed++)
        {
            var before = await running.StatusAsync();
            Posix.Signal((await running.PidsAsync())[killed], Posix.SigKill);
            await running.EventuallyAsync(
                status => status is { State: "ready" } && status.Workers[0].Restarts + status.Haproxy!.Restarts == killed + 1,
                "it is not back");
            await running.GetAsync("/pid");

            var after = await running.StatusAsync();
            Assert.Equal((11 + killed, 11 + killed), (after.Workers[0].Requests, after.Haproxy!.Requests));
            Assert.True(after.Workers[0].CpuSeconds > before.Workers[0].CpuSeconds, $"{before} {after}");
            Assert.True(after.Haproxy.CpuSeconds > before.Haproxy!.CpuSeconds, $"{before} {after}");
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Runs_workers_without_HAProxy()
    {
        await using var running = new Running();
        running.Start(
        [
            "--procs", "1", "--first-port", $"{running.FirstPort}", "--control", running.Control,
            "--", Running.Python, Running.WorkerScript, "none", "{port}",
        ]);
        var wait = await running.AskAsync("status", "--wait-ready", "20", "--json");
        Assert.Equal(0, wait.ExitCode);
        Assert.Contains("\"haproxy\":null", wait.StandardOutput, StringComparison.Ordinal);
        var before = (await running.StatusAsync()).Workers[0].Pid;
        await running.MustAsync("restart");
        Assert.NotEqual(before, (await running.StatusAsync()).Workers[0].Pid);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_crashed_worker_is_started_again_and_serves()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 2);
        await Assert.ThrowsAsync<HttpRequestException>(() => running.GetAsync($"http://127.0.0.1:{running.FirstPort}/crash"));

        await running.EventuallyAsync(
            status => status is { State: "ready", Workers: [{ Restarts: 1 }, ..] }, "w1 did not come back");
        await running.Supervisor.WaitForOutputAsync(@"w1 \(pid \d+\) ended with status 3; starting it again in 0.1 s");
        var answers = new HashSet<string>();
        for (var request = 0; request < 10; request++) answers.Add(await running.GetAsync("/pid"));
        Assert.Equal(2, answers.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_worker_that_exits_at_once_is_reported_and_the_others_serve()
    {
        await using var running = new Running();
        running.Start(running.Arguments(2, command: Running.SecondExitsAtOnce));
        var wait = await running.AskProcessAsync("status", "--wait-ready", "20");
        Assert.Equal(1, wait.ExitCode);
        Assert.Matches(@"^MultiProc: not ready \(degraded\): w2 is failed; .*\n$", wait.StandardError);
        await running.Supervisor.WaitForOutputAsync("w2 .* ended with status 7; starting it again in 60 s: degraded");
        Assert.NotEmpty(await running.GetAsync("/pid"));
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
        await running.EventuallyAsync(status => status.Haproxy!.Requests == 1, "no request under way");

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

        var (stopStatus, _, error) = await running.AskProcessAsync("stop");
        Assert.True(stopStatus == 0, error);
        await running.NothingIsLeftAsync(pids, TimeSpan.Zero);
        Assert.Equal(0, await supervisor.WaitForExitAsync(Running.Patience));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_second_signal_kills_workers_that_do_not_end()
    {
        await using var running = new Running();
        var supervisor = await running.StartReadyAsync(procs: 1, command: [.. Running.PythonWorker, "--ignore-term"]);
        var pids = await running.PidsAsync();
        supervisor.Signal("TERM");
        await running.EventuallyAsync(status => status.Workers[0].State == "stopping", "not stopping");
        supervisor.Signal("TERM");
        Assert.Equal(143, await supervisor.WaitForExitAsync(TimeSpan.FromSeconds(5)));
        await running.NothingIsLeftAsync(pids, TimeSpan.Zero);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_worker_that_does_not_end_is_killed_in_time()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 1, ["--stop-timeout", "0.3"], [.. Running.PythonWorker, "--ignore-term"]);
        await running.MustAsync("stop");
        await running.Supervisor.WaitForOutputAsync(@"w1 \(pid \d+\) did not stop in time; killing it");
    }

    [Fact(Timeout = 60_000)]
    public async Task Kill_9_also_ends_what_a_worker_had_started()
    {
        await using var running = new Running();
        var wrapped = $"sleep 1000 & echo grandchild $!; exec {Running.Python} {Running.WorkerScript} {{dir}} {{port}}";
        var supervisor = await running.StartReadyAsync(1, command: ["sh", "-c", wrapped]);
        var grandchild = int.Parse((await supervisor.WaitForOutputAsync(@"grandchild (\d+)")).Groups[1].Value, null);
        Assert.True(Directory.Exists($"/proc/{grandchild}"));
        supervisor.Signal("KILL");
        await running.NothingIsLeftAsync([grandchild], Running.Patience);
    }

    [Fact(Timeout = 60_000)]
    public async Task Json_logs_are_one_object_a_line()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 1, ["--log", "json"]);
        await running.MustAsync("stop");
        await running.Supervisor.WaitForExitAsync();
        var lines = running.Supervisor.StandardOutput + running.Supervisor.StandardError;
        var names = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(json => $"{json.GetProperty("name").GetString()} {json.GetProperty("kind").GetString()}").ToHashSet();
        Assert.Superset(new HashSet<string> { "w1 output", "multiproc event", "haproxy output" }, names);
    }
}
