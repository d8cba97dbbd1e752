using System.Diagnostics;
using Blobs.TestSupport;
using MultiProc.Processes;

namespace MultiProc.Tests.Load;

/// <summary>Kill -9 of whatever there is, at moments that nobody chose.</summary>
[Collection(nameof(Alone))]
public sealed class ChaosTests
{
    /// <summary>
    /// HAProxy learns of a death from the kernel, a few milliseconds later when the processors are busy. Until then it
    /// hands requests to connections of the dead worker, and must not send those that may change something twice.
    /// </summary>
    private static readonly TimeSpan UntilHaproxyKnows = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan BetweenKills = TimeSpan.FromMilliseconds(200);

    [Fact(Timeout = 120_000)]
    public Task Killing_workers_for_3_seconds_under_load() =>
        KillWorkersAsync(TimeSpan.FromSeconds(3), fullAgainIn: TimeSpan.FromSeconds(6));

    [Fact(Timeout = 600_000, Skip = Soak.Reason, SkipType = typeof(Soak), SkipUnless = nameof(Soak.IsEnabled))]
    [Trait("Category", "Soak")]
    public Task Killing_workers_for_30_seconds_under_load() =>
        KillWorkersAsync(TimeSpan.FromSeconds(30), fullAgainIn: TimeSpan.FromSeconds(2));

    [Fact(Timeout = 120_000)]
    public Task Killing_the_supervisor_at_3_moments() => KillSupervisorAsync(times: 3);

    [Fact(Timeout = 600_000, Skip = Soak.Reason, SkipType = typeof(Soak), SkipUnless = nameof(Soak.IsEnabled))]
    [Trait("Category", "Soak")]
    public Task Killing_the_supervisor_at_20_moments() => KillSupervisorAsync(times: 20);

    /// <summary>
    /// A request that was handed to a worker which was killed may fail: it gets a 502, or no answer. No other may: neither
    /// one that came later, nor one that waited, nor because nobody was left (503).
    /// </summary>
    private static async Task KillWorkersAsync(TimeSpan duration, TimeSpan fullAgainIn)
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 8, command: Running.BlobsWorker, haproxy: Running.Service);
        using var load = new BlobLoad(running.Url);
        var kills = new List<(long Before, long After)>();
        var recovery = new Stopwatch();
        await load.DuringAsync(async () =>
        {
            using var timer = new PeriodicTimer(BetweenKills);
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed < duration && await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken))
            {
                var pids = (await running.StatusAsync()).Workers.Select(worker => worker.Pid).OfType<int>().ToList();
                if (pids.Count == 0) continue;
                var pid = pids[Random.Shared.Next(pids.Count)];
                var before = Stopwatch.GetTimestamp();
                Posix.Signal(pid, Posix.SigKill);
                await DeathAsync(pid);
                kills.Add((before, Stopwatch.GetTimestamp()));
            }

            recovery.Start();
            await running.EventuallyAsync(status => status.State == "ready", "the pool is not full again");
            recovery.Stop();
        });

        var grace = (long)(UntilHaproxyKnows.TotalSeconds * Stopwatch.Frequency);
        var unexplained = load.Failures.Where(failure =>
            failure.Reason is not ("502" or BlobLoad.NoAnswer)
            || !kills.Exists(kill => failure.SentAt <= kill.After + grace && failure.EndedAt >= kill.Before)).ToList();
        Soak.Print($"{kills.Count} kills in {duration.TotalSeconds:0} s under load: {load.Requests} requests");
        Soak.Print($"  {load.Failures.Count - unexplained.Count} failed on a killed worker, {unexplained.Count} others");
        Soak.Print($"  full again after {recovery.Elapsed.TotalSeconds:0.00} s, {load.Acknowledged.Count} acknowledged blobs");
        Assert.True(unexplained.Count == 0, Describe(unexplained, kills) + running.Supervisor.StandardOutput);
        Assert.InRange(recovery.Elapsed, TimeSpan.Zero, fullAgainIn);
        Assert.InRange(load.Requests, 100, long.MaxValue);
        Assert.Empty(await load.FindMissingAsync());
    }

    /// <summary>
    /// The kernel tears a killed process down over some milliseconds, in which its listening socket still takes
    /// connections: it is dead, and nothing more can be under way on it, when all that is left of it is its name.
    /// </summary>
    private static Task DeathAsync(int pid) => Eventually.HoldsAsync(
        () => ProcFile.StateOf(pid) is null or 'Z' or 'X', () => $"{pid} lives", TimeSpan.FromSeconds(2));

    private static string Describe(IEnumerable<BlobLoad.Failure> failures, List<(long Before, long After)> kills)
    {
        return string.Concat(failures.Select(failure =>
        {
            var lastKill = kills.Where(kill => kill.After <= failure.SentAt).Select(kill => kill.After).DefaultIfEmpty().Max();
            var since = Stopwatch.GetElapsedTime(lastKill, failure.SentAt).TotalMilliseconds;
            var took = Stopwatch.GetElapsedTime(failure.SentAt, failure.EndedAt).TotalMilliseconds;
            return FormattableString.Invariant(
                $"{failure.Request}: {failure.Reason}, sent {since:0.0} ms after the last kill, took {took:0.0} ms\n");
        }));
    }

    /// <summary>While it starts, when it runs: two seconds later there is nothing, and the next one starts.</summary>
    private static async Task KillSupervisorAsync(int times)
    {
        await using var running = new Running();
        var slowest = TimeSpan.Zero;
        for (var time = 0; time < times; time++)
        {
            var supervisor = running.Start(running.Arguments(3, command: Running.BlobsWorker));
            // The moment itself is what varies; nothing is waited for.
            await Task.Delay(Random.Shared.Next(0, 1200), TestContext.Current.CancellationToken);
            var watch = Stopwatch.StartNew();
            supervisor.Signal("KILL");
            await supervisor.WaitForExitAsync();
            await running.NothingIsLeftAsync([], TimeSpan.FromSeconds(2));
            if (watch.Elapsed > slowest) slowest = watch.Elapsed;
        }

        Soak.Print($"kill -9 of the supervisor at {times} moments: nothing left after {slowest.TotalSeconds:0.00} s at most");
        await running.StartReadyAsync(procs: 3, command: Running.BlobsWorker);
    }
}
