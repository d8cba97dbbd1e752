using System.Net;
using System.Net.Sockets;
using System.Text;
using Blobs.TestSupport;
using MultiProc.Configuration;
using MultiProc.Control;

namespace MultiProc.Tests;

/// <summary>A warm pool of which some workers serve, drawn anew each time.</summary>
public sealed class ServeTests
{
    [Fact(Timeout = 60_000)]
    public async Task Requests_reach_only_the_workers_that_were_drawn_and_every_worker_is_drawn_sometimes()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 3);
        var drawn = new HashSet<int>();
        for (var time = 0; time < 20; time++)
        {
            var procs = 1 + time % 3;
            var serving = await ServeAsync(running, procs);
            Assert.Equal(procs, serving.Count);
            drawn.UnionWith(serving);
            var before = await running.StatusAsync();
            Assert.Equal("ready", before.State);
            Assert.Equal(serving, before.Workers.Where(worker => worker.Serving).Select(worker => worker.Index));
            for (var request = 0; request < 6; request++) await running.GetAsync("/pid");
            var after = await running.StatusAsync();
            foreach (var (one, other) in before.Workers.Zip(after.Workers))
                Assert.Equal(serving.Contains(one.Index) ? 6 / procs : 0, other.Requests - one.Requests);
        }

        Assert.Equal([1, 2, 3], drawn.Order());
    }

    [Fact(Timeout = 60_000)]
    public async Task Nobody_stands_in_for_a_serving_worker_that_dies_and_it_serves_again_when_it_is_back()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 3);
        var serving = Assert.Single(await ServeAsync(running, 1));
        var victim = (await running.StatusAsync()).Workers[serving - 1].Pid!.Value;
        await ChildProcess.RunAsync("kill", ["-9", $"{victim}"]);
        await running.EventuallyAsync(status => status.Serving.Count == 0, "somebody stands in");
        var after = await running.EventuallyAsync(status => status.Serving.Count > 0, "it is not back");
        Assert.Equal([serving], after.Serving);
        Assert.NotEqual($"{victim}", await running.GetAsync("/pid"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Scaling_and_a_rolling_restart_have_everybody_serve_again()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 2);
        await running.MustAsync("serve", "1");
        await running.MustAsync("scale", "3");
        Assert.Equal([1, 2, 3], (await running.StatusAsync()).Serving);
        await running.MustAsync("serve", "1");
        await running.MustAsync("restart");
        Assert.Equal([1, 2, 3], (await running.StatusAsync()).Serving);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_can_not_serve_is_said()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 2);
        await ExpectAsync(running, "3", "2 of 2 workers are ready: 3 can't serve");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_way_in_that_can_not_choose_says_so_and_takes_what_is_so_already()
    {
        await using var running = new Running();
        running.Start(
        [
            "--procs", "2", "--first-port", $"{running.FirstPort}", "--control", running.Control,
            "--", Running.Python, Running.WorkerScript, "none", "{port}",
        ]);
        await running.ReadyAsync();
        await ExpectAsync(running, "1", @"the way in \(none\) can't choose among workers: start it with --procs 1");
        Assert.Equal([1, 2], await ServeAsync(running, 2));
    }

    [Fact(Timeout = 60_000)]
    public async Task In_TCP_mode_connections_to_those_that_serve_no_more_are_cut()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 2, ["--way-in", "haproxy-tcp"], wayIn: []);
        await ServeAsync(running, 1);
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, running.Port, TestContext.Current.CancellationToken);
        var first = await AskAsync(connection);
        Assert.NotEmpty(first);
        // Until the other one is drawn.
        var before = (await running.StatusAsync()).Serving;
        while ((await ServeAsync(running, 1))[0] == before[0]) { }
        // HAProxy has marked it by now, and cuts it when it comes to it; bytes that are there may be passed on before.
        await Eventually.HoldsAsync(
            async () => (await AskAsync(connection)).Length == 0, () => "still connected", Running.Patience);
    }

    private static async Task<IReadOnlyList<int>> ServeAsync(Running running, int procs)
    {
        using var client = new ControlClient(new ControlPath(running.Control));
        Assert.Null(await client.ServeAsync(procs, TestContext.Current.CancellationToken));
        return (await running.StatusAsync()).Serving;
    }

    private static async Task ExpectAsync(Running running, string procs, string words)
    {
        var (exitCode, _, error) = await running.AskProcessAsync("serve", procs);
        Assert.Matches($"^MultiProc: {words}\n$", error);
        Assert.Equal(1, exitCode);
    }

    /// <summary>An answer over this connection; empty when it is closed.</summary>
    private static async Task<string> AskAsync(TcpClient connection)
    {
        var buffer = new byte[4096];
        try
        {
            var request = Encoding.ASCII.GetBytes("GET /pid HTTP/1.1\r\nHost: x\r\n\r\n");
            await connection.GetStream().WriteAsync(request, TestContext.Current.CancellationToken);
            var read = await connection.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
            return Encoding.ASCII.GetString(buffer, 0, read);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
