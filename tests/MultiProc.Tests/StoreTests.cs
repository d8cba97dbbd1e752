using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Blobs.TestSupport;
using MultiProc.ControlGroups;
using MultiProc.Processes;

namespace MultiProc.Tests;

/// <summary>A real Redis as the store that workers share.</summary>
public sealed class StoreTests
{
    private static readonly string Redis = $"'{Repository.PathOf("stores", "redis")}' {{dir}} {{storeport}}";

    [Fact(Timeout = 60_000)]
    public async Task Is_up_before_the_workers_and_down_after_them_and_they_know_where_it_is()
    {
        await using var running = new Running(slots: 3);
        // A worker that needs the store to start, and writes into it when it is asked to stop.
        var supervisor = await StartAsync(running, procs: 2, options: []);
        var status = await running.StatusAsync();
        var port = StorePort(running);
        Assert.Equal(
            ("redis", $"redis://127.0.0.1:{port}", "ready", 0),
            (status.Store!.Name, status.Store.Url, status.Store.State, status.Store.Restarts));
        Assert.Equal($"redis://127.0.0.1:{port} {port}", await running.GetAsync("/argument?4"));
        supervisor.Signal("TERM");
        Assert.Equal(143, await supervisor.WaitForExitAsync());
        // The last words of each worker were answered by the store.
        Assert.Equal(
            2, supervisor.StandardOutput.Split('\n').Count(line => line.Contains("store said +OK", StringComparison.Ordinal)));
        await running.NothingIsLeftAsync([status.Store.Pid!.Value], TimeSpan.FromSeconds(5));
    }

    [Fact(Timeout = 60_000)]
    public async Task Its_whole_tree_is_measured()
    {
        await using var running = new Running(slots: 3);
        await StartAsync(running, procs: 1, options: []);
        var before = (await running.StatusAsync()).Store!.CpuSeconds!.Value;
        // 1,000,000 increments inside Redis: the script that is its parent uses nothing.
        await AskAsync(StorePort(running), "EVAL \"for i=1,1000000 do redis.call('incr','n') end\" 0\r\n");
        var after = (await running.StatusAsync()).Store!;
        Assert.InRange(after.CpuSeconds!.Value - before, 0.05, 30);
        Assert.True(after.BusiestThreads[0].CpuSeconds > 0.05, $"{after.BusiestThreads[0]}");
        Assert.NotEqual(after.Pid, after.BusiestThreads[0].Tid);
    }

    [Fact(Timeout = 60_000)]
    public async Task Its_death_is_noticed_and_it_is_started_again_while_the_workers_live_on()
    {
        await using var running = new Running(slots: 3);
        await StartAsync(running, procs: 1, options: []);
        var before = await running.StatusAsync();
        await AskAsync(StorePort(running), "SET kept 1\r\n");
        Posix.Signal(before.Store!.Pid!.Value, Posix.SigKill);
        var after =
            await running.EventuallyAsync(status => status is { State: "ready", Store.Restarts: 1 }, "the store is not back");
        Assert.Equal(before.Workers[0].Pid, after.Workers[0].Pid);
        Assert.StartsWith("$1", await AskAsync(StorePort(running), "GET kept\r\n"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Its_limit_is_read_back()
    {
        await using var running = new Running(slots: 3);
        var probe = GroupMaker.Find(_ => { });
        var problem = probe.For("try").LimitCpu(0.5, () => []);
        probe.Remove();
        Assert.SkipWhen(problem is not null, problem ?? "");
        await StartAsync(running, procs: 1, options: ["--store-cpu-limit", "0.7"]);
        Assert.Equal(0.7, (await running.StatusAsync()).Store!.Limits.CpuCores);
        var (_, output, _) = await running.AskProcessAsync("limit", "--store-cpu", "0.3");
        Assert.Equal("workers none, store 0.3, proxy none\n", output);
        Assert.Equal(0.3, (await running.StatusAsync()).Store!.Limits.CpuCores);
    }

    [Fact(Timeout = 60_000)]
    public async Task One_that_can_not_start_ends_everything_with_its_own_words()
    {
        await using var running = new Running(slots: 3);
        var supervisor = running.Start(Arguments(running, 1, "sh -c 'echo no room; exit 1'", []));
        Assert.Equal(1, await supervisor.WaitForExitAsync());
        Assert.Contains("MultiProc: the store could not start: no room\n", supervisor.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("w1", supervisor.StandardOutput, StringComparison.Ordinal);
    }

    private static async Task<ChildProcess> StartAsync(Running running, int procs, string[] options)
    {
        var supervisor = running.Start(Arguments(running, procs, Redis, options));
        await running.ReadyAsync();
        return supervisor;
    }

    private static string[] Arguments(Running running, int procs, string store, string[] options) => running.Arguments(
        procs,
        ["--store", store, "--store-port", StorePort(running).ToString(CultureInfo.InvariantCulture), .. options],
        [.. Running.PythonWorker, "--store", "{store} {storeport}"]);

    /// <summary>Of the ports of the test, one that no worker of it uses.</summary>
    private static int StorePort(Running running) => running.FirstPort + 2;

    private static async Task<string> AskAsync(int port, string question)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(question), TestContext.Current.CancellationToken);
        var buffer = new byte[100];
        return Encoding.ASCII.GetString(
            buffer, 0, await connection.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken));
    }
}
