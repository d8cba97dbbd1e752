using System.Diagnostics;
using MultiProc.Processes;

namespace MultiProc.Tests.Load;

/// <summary>What operators do, under load: no operation may fail.</summary>
[Collection(nameof(Alone))]
public sealed class NoRequestIsLostTests
{
    [Fact(Timeout = 120_000)]
    public Task Five_rolling_restarts_under_mixed_load() => RollAsync(procs: 2, restarts: 5, atLeast: TimeSpan.Zero);

    [Fact(Timeout = 600_000, Skip = Soak.Reason, SkipType = typeof(Soak), SkipUnless = nameof(Soak.IsEnabled))]
    [Trait("Category", "Soak")]
    public Task Fifty_rolling_restarts_under_mixed_load() => RollAsync(procs: 3, restarts: 50, atLeast: TimeSpan.FromSeconds(60));

    [Fact(Timeout = 60_000)]
    public Task Scaling_1_to_3_to_1_under_mixed_load() => ScaleAsync(3, 1);

    [Fact(Timeout = 600_000, Skip = Soak.Reason, SkipType = typeof(Soak), SkipUnless = nameof(Soak.IsEnabled))]
    [Trait("Category", "Soak")]
    public Task Scaling_1_to_8_to_2_under_mixed_load() => ScaleAsync(8, 2, 8, 2, 8, 2);

    [Fact(Timeout = 60_000)]
    public async Task A_rolling_restart_of_the_only_worker()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 1, command: Running.BlobsWorker, haproxy: Running.Service);
        var before = (await running.StatusAsync()).Workers[0].Pid;
        var outcome = await new MixedLoad(running.Url).DuringAsync(() => running.MustAsync("restart"));
        AssertNoneFailed(outcome, running);
        var status = await running.StatusAsync();
        Assert.Equal("ready", status.State);
        Assert.NotEqual(before, Assert.Single(status.Workers).Pid);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_request_that_finds_no_worker_waits_for_the_next_one()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 1, command: Running.BlobsWorker, haproxy: Running.Service);
        for (var time = 0; time < 3; time++)
        {
            await running.EventuallyAsync(status => status.State == "ready", "it is not back");
            Posix.Signal((await running.PidsAsync())[0], Posix.SigKill);
            await running.EventuallyAsync(status => status.State != "ready", "nobody noticed");
            Assert.Empty(await running.GetAsync("/"));
        }
    }

    private static async Task RollAsync(int procs, int restarts, TimeSpan atLeast)
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs, command: Running.BlobsWorker, haproxy: Running.Service);
        var watch = Stopwatch.StartNew();
        var done = 0;
        var outcome = await new MixedLoad(running.Url).DuringAsync(async () =>
        {
            while (done < restarts || watch.Elapsed < atLeast)
            {
                var before = await running.PidsAsync();
                await running.MustAsync("restart");
                done++;
                // HAProxy, the last of them, goes on; every worker is another one.
                Assert.Equal(before[^1], Assert.Single(before.Intersect(await running.PidsAsync())));
            }
        });
        var seconds = watch.Elapsed.TotalSeconds;
        Soak.Print($"{done} rolling restarts of {procs} workers in {seconds:0.0} s under mixed load: {outcome}");
        AssertNoneFailed(outcome, running);
    }

    private static async Task ScaleAsync(params int[] numbers)
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 1, command: Running.BlobsWorker, haproxy: Running.Service);
        var outcome = await new MixedLoad(running.Url).DuringAsync(async () =>
        {
            foreach (var number in numbers)
            {
                await running.MustAsync("scale", $"{number}");
                var status = await running.StatusAsync();
                Assert.Equal(("ready", number, number), (status.State, status.Procs, status.Workers.Count));
            }
        });
        Soak.Print($"scaling 1 -> {string.Join(" -> ", numbers)} under mixed load: {outcome}");
        AssertNoneFailed(outcome, running);
    }

    private static void AssertNoneFailed(MixedLoad.Outcome outcome, Running running)
    {
        var words = running.Supervisor.StandardOutput + running.Supervisor.StandardError;
        Assert.True(outcome.Errors.Count == 0, $"{outcome}\n{words}");
        Assert.InRange(outcome.Operations, 100, long.MaxValue);
    }
}
