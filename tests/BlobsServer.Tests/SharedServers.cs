using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Blobs.TestSupport;

[assembly: AssemblyFixture(typeof(BlobsServer.Tests.SharedServers))]

namespace BlobsServer.Tests;

/// <summary>
/// Warm servers for tests that need one and nothing of their own but a user: as many as asked for with each set of options,
/// started by the first test that asks and gone at the end. One that dies or hangs fails every test that asks for it from then
/// on.
/// </summary>
public sealed class SharedServers : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TempDirectory _directory = new();
    private readonly ConcurrentDictionary<(int Processes, string Options), Lazy<Task<ServerFleet>>> _fleets = new();
    private readonly ConcurrentQueue<ServerFleet> _started = new();
    private int _users;

    public async ValueTask DisposeAsync()
    {
        var faults = new List<string>();
        foreach (var fleet in _started)
        {
            faults.AddRange(await FaultsAsync(fleet));
            await fleet.DisposeAsync();
        }

        _directory.Dispose();
        Assert.Empty(faults);
    }

    internal static async Task<ServerFleet> LeaseAsync(int processes, string[] options)
    {
        var shared =
            await TestContext.Current.GetFixture<SharedServers>() ?? throw new InvalidOperationException("no test is running");
        options = TestStore.Possible(TestStore.Name, options);
        var key = (processes, string.Join(' ', options));
        var fleet = await shared._fleets.GetOrAdd(key, _ => new(() => shared.StartAsync(processes, options))).Value;
        await shared.AssertServingAsync(key, fleet);
        return fleet.For(string.Create(CultureInfo.InvariantCulture, $"user-{Interlocked.Increment(ref shared._users)}"));
    }

    private async Task<ServerFleet> StartAsync(int processes, string[] options)
    {
        var fleet = await ServerFleet.StartAsync(_directory[$"{Guid.NewGuid():N}"], processes, options);
        _started.Enqueue(fleet);
        return fleet;
    }

    /// <summary>What does not answer is waited for once, and not by each of a hundred tests.</summary>
    private async Task AssertServingAsync((int Processes, string Options) key, ServerFleet fleet)
    {
        for (var index = 0; index < fleet.Count; index++)
        {
            try
            {
                using var answer = await fleet[index].Http.GetAsync("/health/live");
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
            catch (Exception reason) when (reason is HttpRequestException or OperationCanceledException)
            {
                var state = fleet[index].Process.HasExited ? "died" : "does not answer";
                var lost = new InvalidOperationException(
                    $"the shared server with '{key.Options}' {state}:\n{fleet[index].Process.StandardError}", reason);
                _fleets[key] = new(() => Task.FromException<ServerFleet>(lost));
                throw lost;
            }
        }
    }

    /// <summary>What all tests together left behind: a dead server, or anything on its way into the store.</summary>
    private static async Task<string[]> FaultsAsync(ServerFleet fleet)
    {
        string[] dead =
        [
            .. Enumerable.Range(0, fleet.Count).Select(index => fleet[index].Process).Where(process => process.HasExited)
                .Select(process => $"a shared server died:\n{process.StandardError}"),
        ];
        if (dead.Length > 0) return dead;
        string[] left = [];
        try
        {
            await Eventually.HoldsAsync(() => (left = LeftOnItsWay(fleet[0])).Length == 0, () => "files are left", Patience);
        }
        catch (TimeoutException)
        {
            // they are told below
        }

        return left;
    }

    /// <summary>With a store that is no directory, all that is there is on its way.</summary>
    private static string[] LeftOnItsWay(RunningServer server) =>
    [
        .. server.Files()
            .Where(file => TestStore.Name != TestStore.Disk || file.StartsWith(".blobs/spool/", StringComparison.Ordinal)),
    ];
}
