using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Faults;

/// <summary>kill -9, again and again, while blobs are being stored. What a power cut leaves is another question: PowerLoss.</summary>
public sealed class KillTests
{
    private const int Writers = 8;

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Every_acknowledged_blob_is_whole_after_kills_and_no_partial_one_is_listed()
    {
        var kills = SoakSize.Of(normal: 4, soak: 60);
        using var directory = new TempDirectory();
        var acknowledged = new ConcurrentDictionary<string, int>();
        for (var round = 0; round < kills; round++)
        {
            await using var server = await RunningServer.StartAsync(
                directory["blobs"], ["--durability", "none"]);
            using var stop = new CancellationTokenSource();
            var before = acknowledged.Count;
            var writing = Enumerable.Range(0, Writers)
                .Select(writer => WriteAsync(server, $"r{round}w{writer}-", acknowledged, stop.Token)).ToArray();
            await Eventually.HoldsAsync(
                () => acknowledged.Count > before + 50, () => "nothing is stored", TimeSpan.FromSeconds(30));
            server.Process.Signal("KILL");
            await server.Process.WaitForExitAsync();
            await stop.CancelAsync();
            await Task.WhenAll(writing);
        }

        await using var survivor = await RunningServer.StartAsync(directory["blobs"], []);
        var listed = JsonSerializer.Deserialize<string[]>(await survivor.Http.GetStringAsync("/blobs/alice"))!;
        Assert.Empty(acknowledged.Keys.Except(listed));
        foreach (var id in listed)
        {
            var bytes = await survivor.Http.GetByteArrayAsync($"/blobs/alice/{id}");
            Assert.Equal(Body(id), bytes);
        }

        Assert.DoesNotContain(survivor.Files(), file => file.StartsWith(".blobs/spool", StringComparison.Ordinal));
        SoakSize.Report($"{kills} kills, {acknowledged.Count} blobs acknowledged, {listed.Length} listed, all whole");
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
            }
            catch (HttpRequestException)
            {
                return; // killed
            }
        }
    }

    /// <summary>A body of 0 to 200 KiB that follows from the id, so that a part of it is told from the whole.</summary>
    private static byte[] Body(string id)
    {
        var seed = SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(id));
        var body = new byte[BitConverter.ToUInt16(seed) * 3];
        for (var index = 0; index < body.Length; index++) body[index] = (byte)(seed[index % seed.Length] + (index / seed.Length));
        return body;
    }
}
