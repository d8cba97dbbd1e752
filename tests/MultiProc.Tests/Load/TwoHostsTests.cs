using Blobs.TestSupport;
using MultiProc.Processes;

namespace MultiProc.Tests.Load;

/// <summary>
/// Two supervisors, each with workers and a HAProxy on ports of its own, standing for two machines; one store behind both and
/// one more HAProxy in front of both. In the soak the store is Ceph's bucket, else PostgreSQL, which starts faster.
/// </summary>
[Collection(nameof(Alone))]
public sealed class TwoHostsTests
{
    private const int Procs = 2;

    [Fact(Timeout = 300_000)]
    [Trait("Category", "Soak")]
    public async Task Rolls_lose_no_request_and_kills_lose_no_blob()
    {
        await using var store = await RunningStore.StartAsync(Soak.IsEnabled ? "radosgw" : "postgresql", durability: "always");
        await using Running east = new(Procs), west = new(Procs);
        Running[] hosts = [east, west];
        foreach (var host in hosts)
        {
            await host.StartReadyAsync(
                Procs, command:
                [
                    Repository.Program("BlobsServer"), "{dir}", "{port}", "--store", store.Url
                ], haproxy: Running.Service);
        }

        await using var front = new FrontProxy(east.Port, west.Port);
        await front.StartAsync();
        var outcome = await new MixedLoad(front.Url).DuringAsync(async () =>
        {
            foreach (var host in hosts) await host.MustAsync("restart");
        });
        Assert.True(outcome.Errors.Count == 0, $"{outcome}");
        Assert.InRange(outcome.Operations, 100, long.MaxValue);

        using var load = new BlobLoad(front.Url);
        await load.DuringAsync(async () =>
        {
            foreach (var host in hosts)
            {
                var pids = await host.PidsAsync();
                Posix.Signal(pids[0], Posix.SigKill);
                await host.EventuallyAsync(status => status.State != "ready", "nobody noticed");
                await host.EventuallyAsync(status => status.State == "ready", "it is not back");
            }

            // All of a machine at once: the other one has the blobs.
            east.Supervisor.Signal("KILL");
            await east.Supervisor.WaitForExitAsync();
            await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        });
        Assert.NotEmpty(load.Acknowledged);
        Assert.Empty(await load.FindMissingAsync());
        Soak.Print($"two hosts over one store: rolled under {outcome}");
        Soak.Print($"  after kills {load.Acknowledged.Count} acknowledged blobs are all there");
        Soak.Print($"  {load.Failures.Count} of {load.Requests} requests failed");
    }
}
