using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Stores;

/// <summary>Servers and stores are killed, or hang, while blobs are being stored: what was answered 200 is there, byte for byte.</summary>
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
        var acknowledged = new ConcurrentDictionary<string, int>();
        await using var survivor = await RunningServer.StartAsync(directory["survivor"], options);
        for (var round = 0; round < rounds; round++)
        {
            await using (var victim = await RunningServer.StartAsync(directory["victim"], options))
            {
                await UnderLoadAsync([survivor, victim], $"w{round}", acknowledged, async () =>
                {
                    victim.Process.Signal("KILL");
                    await victim.Process.WaitForExitAsync();
                });
            }

            await UnderLoadAsync([survivor], $"s{round}", acknowledged, async () =>
            {
                await store.KillServerAsync();
                await AssertAwayAsync(survivor);
                await store.StartAgainAsync();
                await AssertReadyAgainAsync(survivor);
            });
            await UnderLoadAsync([survivor], $"h{round}", acknowledged, async () =>
            {
                store.SignalServerTree("STOP");
                await AssertAwayAsync(survivor);
                store.SignalServerTree("CONT");
                await AssertReadyAgainAsync(survivor);
            });
        }

        var listed = JsonSerializer.Deserialize<string[]>(await survivor.Http.GetStringAsync("/blobs/alice"))!;
        Assert.Empty(acknowledged.Keys.Except(listed));
        foreach (var id in listed) Assert.Equal(Body(id), await survivor.Http.GetByteArrayAsync($"/blobs/alice/{id}"));
        Assert.Empty(survivor.Files());
        SoakSize.Report(
            $"{name}: {rounds} kills of a server, of the store, and hangs of it: {acknowledged.Count} blobs acknowledged, {listed.Length} listed, all whole");
    }

    /// <summary>Blobs are stored before, while and after something happens.</summary>
    private static async Task UnderLoadAsync(
        RunningServer[] servers, string prefix, ConcurrentDictionary<string, int> acknowledged, Func<Task> happens)
    {
        using var stop = new CancellationTokenSource();
        var before = acknowledged.Count;
        var writing = Enumerable.Range(0, Writers)
            .Select(writer => WriteAsync(servers[writer % servers.Length], $"{prefix}-{writer}-", acknowledged, stop.Token)).ToArray();
        await Eventually.HoldsAsync(() => acknowledged.Count > before + 30, () => "nothing is stored", Patience);
        await happens();
        var after = acknowledged.Count;
        await Eventually.HoldsAsync(() => acknowledged.Count > after + 10, () => "nothing is stored any more", Patience);
        await stop.CancelAsync();
        await Task.WhenAll(writing);
    }

    private static async Task WriteAsync(
        RunningServer server, string prefix, ConcurrentDictionary<string, int> acknowledged, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var id = $"{prefix}{number}";
            try
            {
                using var answer = await server.PutAsync($"/blobs/alice/{id}", Body(id));
                if (answer.StatusCode == HttpStatusCode.OK) acknowledged[id] = number;
                else Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            }
            catch (HttpRequestException)
            {
                return; // killed
            }
        }
    }

    private static async Task AssertAwayAsync(RunningServer server)
    {
        await Eventually.HoldsAsync(
            async () => await StatusAsync(server, "/health/ready") == HttpStatusCode.ServiceUnavailable, () => "still ready", Patience);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "/health/live"));
        var watch = Stopwatch.StartNew();
        using var put = await server.PutAsync("/blobs/alice/while-away", Body("while-away"));
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

    /// <summary>A body of 0 to 64 KiB that follows from the id, so that a part of it is told from the whole.</summary>
    private static byte[] Body(string id)
    {
        var seed = SHA256.HashData(Encoding.ASCII.GetBytes(id));
        var body = new byte[BitConverter.ToUInt16(seed)];
        for (var index = 0; index < body.Length; index++) body[index] = (byte)(seed[index % seed.Length] + (index / seed.Length));
        return body;
    }
}
