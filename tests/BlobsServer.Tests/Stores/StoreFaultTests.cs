using System.Diagnostics;
using System.Net;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Stores;

/// <summary>
/// Servers and stores are killed, or hang, while blobs are being stored: what was answered 200 is there, byte for byte.
/// </summary>
[Collection(nameof(LastOnSharedStores))]
public sealed class StoreFaultTests
{
    private const int Writers = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // A request to a store that is away or hangs is answered within this.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(25);

    [Fact]
    [Trait("Category", "Soak")]
    [Trait("Store", "any")]
    public Task Every_acknowledged_blob_is_whole_in_PostgreSQL_whatever_was_killed() => KillAsync(TestStore.PostgreSql);

    [Fact]
    [Trait("Category", "Soak")]
    [Trait("Engine", TestStore.RadosGateway)]
    public Task Every_acknowledged_blob_is_whole_in_S3_whatever_was_killed() => KillAsync(TestStore.RadosGateway);

    private static async Task KillAsync(string name)
    {
        var rounds = SoakSize.Of(normal: 1, soak: 10);
        var store = await TestStore.SharedAsync(name);
        using var directory = new TempDirectory();
        string[] options = ["--store", await TestStore.MakeAsync(name)];
        var writes = new CheckedWrites(mostKiB: 64);
        await using var survivor = await RunningServer.StartAsync(directory["survivor"], options);
        for (var round = 0; round < rounds; round++)
        {
            await using (var victim = await RunningServer.StartAsync(directory["victim"], options))
            {
                await UnderLoadAsync([survivor, victim], $"w{round}", writes, async () =>
                {
                    victim.Process.Signal("KILL");
                    await victim.Process.WaitForExitAsync();
                });
            }

            await UnderLoadAsync([survivor], $"s{round}", writes, async () =>
            {
                await store.KillServerAsync();
                await AssertAwayAsync(survivor, writes);
                await store.StartAgainAsync();
                await AssertReadyAgainAsync(survivor);
            });
            await UnderLoadAsync([survivor], $"h{round}", writes, async () =>
            {
                store.SignalServerTree("STOP");
                await AssertAwayAsync(survivor, writes);
                store.SignalServerTree("CONT");
                await AssertReadyAgainAsync(survivor);
            });
        }

        var listed = await writes.AssertWholeAsync(survivor);
        Assert.Empty(survivor.Files());
        SoakSize.Report(
            $"{name}: {rounds} kills of a server, of the store, and hangs of it: {writes.Count} blobs acknowledged, {listed} listed, all whole");
    }

    /// <summary>Blobs are stored before, while and after something happens.</summary>
    private static async Task UnderLoadAsync(
        RunningServer[] servers, string prefix, CheckedWrites writes, Func<Task> happens)
    {
        using var stop = new CancellationTokenSource();
        var before = writes.Count;
        var writing = Enumerable.Range(0, Writers)
            .Select(writer => writes.WriteAsync(servers[writer % servers.Length], $"{prefix}-{writer}-", stop.Token)).ToArray();
        await Eventually.HoldsAsync(() => writes.Count > before + 30, () => "nothing is stored", Patience);
        await happens();
        var after = writes.Count;
        await Eventually.HoldsAsync(() => writes.Count > after + 10, () => "nothing is stored any more", Patience);
        await stop.CancelAsync();
        await Task.WhenAll(writing);
    }

    private static async Task AssertAwayAsync(RunningServer server, CheckedWrites writes)
    {
        await Eventually.HoldsAsync(
            async () => await StatusAsync(server, "/health/ready") == HttpStatusCode.ServiceUnavailable, () => "still ready", Patience);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "/health/live"));
        var watch = Stopwatch.StartNew();
        using var put = await server.PutAsync("/blobs/alice/while-away", writes.Body("while-away"));
        using var get = await server.Http.GetAsync("/blobs/alice/anything");
        foreach (var answer in new[] { put, get })
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, LongestAnswer);
    }

    private static Task AssertReadyAgainAsync(RunningServer server) => Eventually.HoldsAsync(
        async () => await StatusAsync(server, "/health/ready") == HttpStatusCode.OK, () => "not ready again", Patience);

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, string path)
    {
        using var answer = await server.Http.GetAsync(path);
        return answer.StatusCode;
    }
}
