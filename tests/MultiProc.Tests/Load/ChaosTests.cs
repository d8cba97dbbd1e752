using System.Diagnostics;
using Blobs.TestSupport;

namespace MultiProc.Tests.Load;

/// <summary>Kill -9 of whatever there is, at moments that nobody chose.</summary>
[Collection(nameof(Alone))]
public sealed class ChaosTests
{
    private static readonly TimeSpan BetweenKills = TimeSpan.FromMilliseconds(200);

    [Fact(Timeout = 120_000)]
    public Task Killing_workers_for_3_seconds_under_load() =>
        KillWorkersAsync(TimeSpan.FromSeconds(3));

    [Fact(Timeout = 600_000, Skip = Soak.Reason, SkipType = typeof(Soak), SkipUnless = nameof(Soak.IsEnabled))]
    [Trait("Category", "Soak")]
    public Task Killing_workers_for_30_seconds_under_load() =>
        KillWorkersAsync(TimeSpan.FromSeconds(30));

    [Fact(Timeout = 120_000)]
    public Task Killing_the_supervisor_at_3_moments() => KillSupervisorAsync(times: 3);

    [Fact(Timeout = 600_000, Skip = Soak.Reason, SkipType = typeof(Soak), SkipUnless = nameof(Soak.IsEnabled))]
    [Trait("Category", "Soak")]
    public Task Killing_the_supervisor_at_20_moments() => KillSupervisorAsync(times: 20);

    /// <summary>
    /// A request that was handed to a worker which was killed may fail: it gets a 502, or no answer. No other may: neither
    /// one that came later, nor one that waited, nor because nobody was left (503). The pool is full again, workers' rests
    /// included, in twice the time that it took to start, which is another on another machine.
    /// </summary>
    private static async Task KillWorkersAsync(TimeSpan duration)
    {
        var isQuiet = await Machine.IsQuietAsync();
        await using var running = new Running();
        var start = Stopwatch.StartNew();
        await running.StartReadyAsync(procs: 8, command: Running.BlobsWorker, haproxy: Running.Service);
        start.Stop();
        using var load = new BlobLoad(running.Url);
        var deaths = new WorkerDeaths();
        var recovery = new Stopwatch();
        await load.DuringAsync(async () =>
        {
            using var timer = new PeriodicTimer(BetweenKills);
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed < duration && await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken))
                await deaths.KillOneOfAsync((await running.StatusAsync()).Workers);
            recovery.Start();
            await running.EventuallyAsync(status => status.State == "ready", "the pool is not full again");
            recovery.Stop();
        });

        var lost = await ExplainAsync(load.Failures, deaths, running);
        var unexplained = lost.Where(request => request.SinceDeath is null).ToList();
        var latest = lost.Max(request => request.SinceDeath) ?? TimeSpan.Zero;
        Soak.Print($"{deaths.Count} kills in {duration.TotalSeconds:0} s under load: {load.Requests} requests");
        Soak.Print($"  {lost.Count - unexplained.Count} failed on a killed worker, {unexplained.Count} others");
        Soak.Print($"  the latest was sent {latest.TotalMilliseconds:0} ms after its worker's death");
        Soak.Print($"  full again after {recovery.Elapsed.TotalSeconds:0.00} s, {load.Acknowledged.Count} acknowledged blobs");
        Machine.AssertAtMost(2 * start.Elapsed.TotalSeconds, recovery.Elapsed.TotalSeconds, isQuiet);
        Assert.True(unexplained.Count == 0, string.Concat(unexplained) + running.Supervisor.StandardOutput);
        Assert.InRange(load.Requests, 100, long.MaxValue);
        Assert.Empty(await load.FindMissingAsync());
    }

    private static async Task<List<LostRequest>> ExplainAsync(
        IReadOnlyCollection<BlobLoad.Failure> failures, WorkerDeaths deaths, Running running)
    {
        // A line comes through two pipes.
        Dictionary<string, ProxyLine> lines = [];
        bool IsMissing(BlobLoad.Failure failure) =>
            failure.Reason != BlobLoad.NoAnswer && !lines.ContainsKey(failure.Request);
        await Eventually.HoldsAsync(
            () =>
            {
                lines = ProxyLine.ParseAll(running.Supervisor.StandardOutput).DistinctBy(line => line.Request)
                    .ToDictionary(line => line.Request);
                return !failures.Any(IsMissing);
            },
            () => "HAProxy logged nothing of " + string.Join(", ", failures.Where(IsMissing)),
            Running.Patience);
        return [.. failures.Select(failure => LostRequest.Judge(failure, lines.GetValueOrDefault(failure.Request), deaths))];
    }

    /// <summary>While it starts, when it runs: two seconds later there is nothing, and the next one starts.</summary>
    private static async Task KillSupervisorAsync(int times)
    {
        var isQuiet = await Machine.IsQuietAsync();
        await using var running = new Running();
        var slowest = TimeSpan.Zero;
        for (var time = 0; time < times; time++)
        {
            var supervisor = running.Start(running.Arguments(3));
            // The moment itself is what varies; nothing is waited for.
            await Task.Delay(Random.Shared.Next(0, 1200), TestContext.Current.CancellationToken);
            var watch = Stopwatch.StartNew();
            supervisor.Signal("KILL");
            await supervisor.WaitForExitAsync();
            await running.NothingIsLeftAsync([], Running.Patience);
            if (watch.Elapsed > slowest) slowest = watch.Elapsed;
        }

        Soak.Print($"kill -9 of the supervisor at {times} moments: nothing left after {slowest.TotalSeconds:0.00} s at most");
        Machine.AssertAtMost(2, slowest.TotalSeconds, isQuiet);
        await running.StartReadyAsync(procs: 3);
    }
}
