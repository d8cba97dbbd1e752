using System.Globalization;
using Blobs.TestSupport;
using MultiProc.Processes;

namespace MultiProc.Tests.WaysIn;

/// <summary>
/// haproxy/service.cfg's own part when workers die: retries, option redispatch and retry-on. MultiProc is stopped meanwhile,
/// so that nobody tells HAProxy of a death, and under no load at all each request meets the dead ones for certain.
/// </summary>
public sealed class DeadWorkerTests
{
    private const int SigStop = 19;

    /// <summary>Five of six refuse their connections: a request may meet each of them before the one that lives.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Requests_that_are_refused_by_dead_workers_are_answered_by_the_one_that_lives()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 6, haproxy: Running.Service);
        var workers = (await running.PidsAsync()).SkipLast(1).ToArray();
        running.Supervisor.Signal("STOP");
        foreach (var worker in workers[..^1]) await KillAsync(worker);
        // One after the other: each goes first to those that were not asked for longer; after three errors a worker counts as
        // down.
        for (var request = 0; request < 2; request++)
            Assert.Equal(workers[^1].ToString(CultureInfo.InvariantCulture), await GetAsync(running));
    }

    /// <summary>
    /// The one that lives has something to do and the dead have nothing, so a request is offered to them first, and to each until
    /// three errors have put it out: these are many more tries than there are workers.
    /// </summary>
    [Fact(Timeout = 60_000)]
    public async Task A_request_beside_another_is_answered_by_the_one_of_eight_that_lives()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 8, haproxy: Running.Service);
        var workers = (await running.PidsAsync()).SkipLast(1).ToArray();
        running.Supervisor.Signal("STOP");
        foreach (var worker in workers[..^1]) await KillAsync(worker);
        var slow = GetAsync(running, "/slow?3000");
        await Eventually.HoldsAsync(
            async () => (await UnderWayAsync(running)).Last() == 1, () => "it is not under way", Running.Patience);
        string[] answers = [await GetAsync(running), await slow];
        Assert.All(answers, answer => Assert.Equal(workers[^1].ToString(CultureInfo.InvariantCulture), answer));
    }

    /// <summary>What was read by nobody is asked of another; of a GET that is safe.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Reads_that_a_killed_worker_had_not_answered_are_answered_by_another()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 2, haproxy: Running.Service);
        var workers = (await running.PidsAsync()).SkipLast(1).ToArray();
        running.Supervisor.Signal("STOP");
        Posix.Signal(workers[0], SigStop);
        var asking = Enumerable.Range(0, 8).Select(_ => GetAsync(running)).ToArray();
        // Each goes to who has the fewest, so both have some when the other one has answered its first.
        await Task.WhenAny(asking);
        Assert.Contains(asking, answer => !answer.IsCompleted);
        await KillAsync(workers[0]);
        Assert.All(await Task.WhenAll(asking), answer => Assert.Equal(workers[1].ToString(CultureInfo.InvariantCulture), answer));
    }

    /// <summary>The last one dies under them: they wait for the next, as those do who come after its death.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Reads_that_the_last_worker_had_not_answered_are_answered_by_the_next_one()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 2, haproxy: Running.Service);
        var workers = (await running.PidsAsync()).SkipLast(1).ToArray();
        running.Supervisor.Signal("STOP");
        foreach (var worker in workers) Posix.Signal(worker, SigStop);
        var asking = Enumerable.Range(0, 20).Select(_ => GetAsync(running)).ToList();
        await Eventually.HoldsAsync(
            async () => (await UnderWayAsync(running)).Sum() == asking.Count, () => "not all are under way", Running.Patience);
        foreach (var worker in workers) await KillAsync(worker);
        asking.Add(GetAsync(running));
        // Nobody is left, and all of them are still to be answered.
        await Task.WhenAny(Task.WhenAny(asking), Task.Delay(TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken));
        Assert.DoesNotContain(asking, answer => answer.IsCompleted);
        running.Supervisor.Signal("CONT");
        Assert.DoesNotContain(
            await Task.WhenAll(asking), answer => workers.Contains(int.Parse(answer, CultureInfo.InvariantCulture)));
    }

    /// <summary>Of each worker, by HAProxy's statistics: proxy, server, queued now and at most, under way now.</summary>
    private static async Task<IEnumerable<int>> UnderWayAsync(Running running) =>
        from line in (await running.GetAsync($"http://127.0.0.1:{running.StatisticsPort}/;csv")).Split('\n')
        let fields = line.Split(',')
        where fields is ["workers", ['w', >= '1' and <= '9', ..], ..]
        select int.Parse(fields[4], CultureInfo.InvariantCulture);

    /// <summary>On a connection of its own: on a kept one, HAProxy and HttpClient leave it to each other to ask again.</summary>
    private static async Task<string> GetAsync(Running running, string path = "/")
    {
        using var http = new HttpClient { BaseAddress = new Uri(running.Url), Timeout = Running.Patience };
        return await http.GetStringAsync(path, TestContext.Current.CancellationToken);
    }

    /// <summary>Its sockets are closed when all that is left of it is its name.</summary>
    private static Task KillAsync(int pid)
    {
        Posix.Signal(pid, Posix.SigKill);
        return Eventually.HoldsAsync(() => ProcFile.StateOf(pid) is null or 'Z' or 'X', () => $"{pid} lives", Running.Patience);
    }
}
