using System.Globalization;
using Blobs.TestSupport;
using MultiProc.Control;

namespace MultiProc.Tests.WaysIn;

/// <summary>Every way in to our own server's workers: requests arrive, are counted, and nothing is left at the end.</summary>
public sealed class WaysInTests
{
    private const int Requests = 24;
    private static readonly TimeSpan AfterStop = TimeSpan.FromSeconds(5);

    [Theory(Timeout = 60_000)]
    [InlineData("haproxy-unix")]
    [InlineData("haproxy-tcp")]
    [InlineData("haproxy-hash")]
    [InlineData("nginx")]
    [InlineData("reuseport")]
    public async Task Leads_to_the_workers_and_the_books_balance(string wayIn)
    {
        await using var running = new Running();
        var supervisor = await StartAsync(running, wayIn, procs: 2);
        // A connection for each: the kernel and TCP mode deal out connections, not requests.
        for (var request = 0; request < Requests; request++)
            Assert.Equal("[]", await GetOverNewConnectionAsync($"{running.Url}/blobs/somebody/"));

        var status = await running.EventuallyAsync(
            now => now.Workers.Sum(worker => worker.Requests) == Requests, "the workers counted something else");
        var busy = status.Workers.Count(worker => worker.Requests > 0);
        Assert.True(wayIn == "haproxy-hash" ? busy == 1 : busy == 2, $"{busy} of 2 workers got requests");
        Assert.Equal(wayIn switch { "haproxy-unix" or "haproxy-hash" => Requests, _ => null }, status.Haproxy?.Requests);
        Assert.Equal(wayIn == "nginx" ? Requests : null, status.Nginx?.Requests);
        Assert.Equal(wayIn, status.WayIn);
        Assert.Equal([1, 2], status.Serving);
        Assert.Matches(
            wayIn switch { "reuseport" => "^$", "nginx" => @"^nginx [\d.]+", _ => @"^HAProxy [\d.]+" },
            string.Join(' ', status.Software));
        var pids = status.Workers.Select(worker => (ProcessReport)worker).Append(status.Haproxy).Append(status.Nginx)
            .Select(process => process?.Pid).OfType<int>().ToList();
        supervisor.Signal("TERM");
        Assert.Equal(143, await supervisor.WaitForExitAsync());
        await running.NothingIsLeftAsync(pids, AfterStop);
    }

    [Fact(Timeout = 60_000)]
    public async Task Nginx_and_its_files_go_when_the_supervisor_is_killed()
    {
        await using var running = new Running();
        var supervisor = await StartAsync(running, "nginx", procs: 2);
        var nginx = (await running.StatusAsync()).Nginx!;
        supervisor.Signal("KILL");
        await running.NothingIsLeftAsync([nginx.Pid!.Value], AfterStop);
        await Eventually.HoldsAsync(
            () => !Directory.Exists(running["control.sock.nginx"]), () => "nginx's folder is left", AfterStop);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_killed_nginx_is_started_again_and_counts_from_zero_and_the_number_of_its_workers_stays()
    {
        await using var running = new Running();
        await StartAsync(running, "nginx", procs: 1);
        await GetOverNewConnectionAsync($"{running.Url}/");
        await ChildProcess.RunAsync(
            "kill", ["-KILL", (await running.StatusAsync()).Nginx!.Pid!.Value.ToString(CultureInfo.InvariantCulture)]);
        await running.EventuallyAsync(status => status.Nginx is { Restarts: 1, State: "ready" }, "nginx is not back");
        await GetOverNewConnectionAsync($"{running.Url}/");
        Assert.Equal(1, (await running.StatusAsync()).Nginx!.Requests);
        var (exitCode, _, error) = await running.AskAsync("scale", "2");
        Assert.Equal(1, exitCode);
        Assert.Contains("start with another --procs", error, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("--nginx", "/nowhere.conf", "^MultiProc: /nowhere.conf is not there: .*\n$")]
    [InlineData(
        "--nginx", "broken", "^MultiProc: nginx does not take .*broken.conf: correct it; its own words:\n(.*\n)*.*nonsense")]
    public async Task What_cannot_work_is_said_before_anything_starts(string option, string file, string expected)
    {
        await using var running = new Running();
        if (file == "broken")
            await File.WriteAllTextAsync(file = running["broken.conf"], "nonsense;", TestContext.Current.CancellationToken);
        var (exitCode, _, error) = await Running.CallAsync([.. Common(running, 1), option, file, "--", .. Running.BlobsWorker]);
        Assert.Equal(1, exitCode);
        Assert.Matches(expected, error);
        await running.NothingIsLeftAsync([], AfterStop);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("haproxy-unix", 1, "^MultiProc: haproxy-unix reaches workers on unix sockets: .*{socket}\n$")]
    [InlineData(
        "reuseport", 2, "^MultiProc: --way-in reuseport: the command must listen on {front} beside {port}, with SO_REUSEPORT\n")]
    [InlineData("direct", 2, "^MultiProc: --way-in direct: one worker is the way in, not 3: pass --procs 1\n")]
    [InlineData("bogus", 2, "^MultiProc: --way-in is bogus: pass one of none direct reuseport haproxy .* nginx\n")]
    public async Task Somebody_elses_server_must_listen_where_the_way_in_sends(string wayIn, int status, string expected)
    {
        await using var running = new Running();
        var procs = wayIn == "direct" ? 3 : 1;
        var (exitCode, _, error) =
            await Running.CallAsync([.. Common(running, procs), "--way-in", wayIn, "--", .. Running.PythonWorker]);
        Assert.Equal(status, exitCode);
        Assert.Matches(expected, error);
    }

    [Fact(Timeout = 60_000)]
    public async Task Direct_is_one_worker_on_the_port_that_clients_know()
    {
        await using var running = new Running();
        await StartAsync(running, "direct", procs: 1);
        Assert.Equal("[]", await GetOverNewConnectionAsync($"{running.Url}/blobs/somebody/"));
        var worker = Assert.Single((await running.StatusAsync()).Workers);
        Assert.Equal((running.Port, 1), (worker.Port, worker.Requests));
    }

    private static async Task<ChildProcess> StartAsync(Running running, string wayIn, int procs)
    {
        var supervisor = running.Start([.. Common(running, procs), "--way-in", wayIn, "--", .. Running.BlobsWorker]);
        await running.ReadyAsync();
        return supervisor;
    }

    private static string[] Common(Running running, int procs) =>
    [
        "--procs", $"{procs}", "--dir", running.DataDirectory, "--port", $"{running.Port}", "--first-port",
        $"{running.FirstPort}",
        "--control", running.Control, "--ready-path", "/health/ready", "--request-counter", "blobs_requests_total",
    ];

    private static async Task<string> GetOverNewConnectionAsync(string url)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(url), TestContext.Current.CancellationToken);
    }
}
