using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MultiProc.ControlGroups;
using MultiProc.Processes;

namespace MultiProc.Tests;

/// <summary>Limits that are set while everything runs; skipped where this user can make no control groups.</summary>
public sealed class LimitCommandTests
{
    [Fact(Timeout = 60_000)]
    public async Task Limits_begin_at_once_hold_for_the_whole_tree_and_are_read_back()
    {
        SkipWithoutGroups();
        await using var running = new Running();
        await running.StartReadyAsync(
            procs: 1, ["--ready-path", "/"], [Running.Python, Tree, "{port}", "600", "session", "child"]);
        var before = await running.StatusAsync();
        Assert.Null(before.Workers[0].Limits.CpuCores);
        Assert.Null(before.Workers[0].Throttled);

        // The kernel takes whole microseconds: what it has is not quite what was asked for, and that is what is said.
        var (exitCode, output, error) = await running.AskAsync("limit", "--cpu", "0.20004", "--proxy-cpu", "0.5");
        Assert.True(exitCode == 0, error);
        Assert.Equal("workers 0.2, store none, proxy 0.5\n", output);
        var from = await running.StatusAsync();
        var at = DateTime.UtcNow;
        await running.EventuallyAsync(
            status => status.Workers[0].CpuSeconds > from.Workers[0].CpuSeconds + 0.3, "it burns nothing");
        var after = await running.StatusAsync();
        var cores = (after.Workers[0].CpuSeconds - from.Workers[0].CpuSeconds) / (DateTime.UtcNow - at).TotalSeconds;
        // Two loops without a limit would use what there is; a machine that is busy gives them less, never more.
        Assert.InRange(cores!.Value, 0, 0.3);
        Assert.Equal((0.2, 0.5), (after.Workers[0].Limits.CpuCores, after.Haproxy!.Limits.CpuCores));
        Assert.InRange(after.Workers[0].Throttled!.ThrottledPeriods, 1, long.MaxValue);
        Assert.InRange(after.Workers[0].Throttled!.Seconds, 0.001, double.MaxValue);

        // Another start keeps it; "none" ends it.
        Posix.Signal(after.Workers[0].Pid!.Value, Posix.SigKill);
        await running.EventuallyAsync(
            status => status is { State: "ready", Workers: [{ Restarts: 1, Limits.CpuCores: 0.2 }] }, "no limit any more");
        await running.MustAsync("limit", "--cpu", "none");
        var free = await running.StatusAsync();
        Assert.Null(free.Workers[0].Limits.CpuCores);
        Assert.Null(free.Workers[0].Throttled);
        Assert.Equal(0.5, free.Haproxy!.Limits.CpuCores);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_worker_that_is_added_later_is_limited_too()
    {
        SkipWithoutGroups();
        await using var running = new Running();
        await running.StartReadyAsync(procs: 1);
        await running.MustAsync("limit", "--cpu", "0.5");
        await running.MustAsync("scale", "2");
        Assert.All((await running.StatusAsync()).Workers, worker => Assert.Equal(0.5, worker.Limits.CpuCores));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_no_limit_is_refused()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 1);
        foreach (var body in (string[])["{\"cpuCores\":0}", "{\"cpuCores\":\"0.1\"}", "{\"cores\":1}", "[]", "nonsense"])
        {
            var reply = await PostLimitAsync(running, body);
            Assert.True(reply.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal), $"{body}: {reply}");
            Assert.Contains("send a body such as", reply, StringComparison.Ordinal);
        }
    }

    private static async Task<string> PostLimitAsync(Running running, string body)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(running.Control), TestContext.Current.CancellationToken);
        var request = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /limit HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(new NetworkStream(socket));
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task Status_has_what_a_measurement_needs_of_every_process()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 1, command: [.. Running.PythonWorker, "--burn"]);
        await running.EventuallyAsync(
            status => status.Workers[0].BusiestThreads is [{ CpuSeconds: > 0.1 }, ..], "no busy thread");
        var status = await running.StatusJsonAsync();
        Assert.Equal("haproxy", status.GetProperty("wayIn").GetString());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("store").ValueKind);
        Assert.Equal("{port}", status.GetProperty("command")[3].GetString());
        foreach (var process in new[] { status.GetProperty("workers")[0], status.GetProperty("haproxy") })
        {
            var threads = process.GetProperty("busiestThreads").EnumerateArray().ToList();
            Assert.InRange(threads.Count, 1, 8);
            Assert.True(process.GetProperty("cpuSeconds").GetDouble() + 0.05 >= threads[0].GetProperty("cpuSeconds").GetDouble());
            Assert.InRange(process.GetProperty("runQueueWaitSeconds").GetDouble(), 0, 60);
            Assert.NotEmpty(process.GetProperty("limits").GetProperty("cpus").EnumerateArray());
            Assert.Equal(JsonValueKind.Null, process.GetProperty("limits").GetProperty("memoryMiB").ValueKind);
        }
    }

    private static string Tree => Path.Combine(Path.GetDirectoryName(Running.WorkerScript)!, "tree.py");

    private static void SkipWithoutGroups()
    {
        var maker = GroupMaker.Find(_ => { });
        var problem = maker.For("try").LimitCpu(0.5, () => []);
        maker.Remove();
        Assert.SkipWhen(problem is not null, problem ?? "");
    }
}
