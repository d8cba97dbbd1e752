using Blobs.TestSupport;

namespace BlobsServer.Tests.Faults;

/// <summary>
/// kill -9, again and again, while blobs are being stored. What a power cut leaves is another question: PowerLoss.
/// </summary>
public sealed class KillTests
{
    private const int Writers = 8;

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Every_acknowledged_blob_is_whole_after_kills_and_no_partial_one_is_listed()
    {
        var kills = SoakSize.Of(normal: 4, soak: 60);
        using var directory = new TempDirectory();
        var writes = new CheckedWrites(mostKiB: 192);
        for (var round = 0; round < kills; round++)
        {
            await using var server = await RunningServer.StartAsync(
                directory["blobs"], ["--durability", "none"]);
            using var stop = new CancellationTokenSource();
            var before = writes.Count;
            var writing = Enumerable.Range(0, Writers)
                .Select(writer => writes.WriteAsync(server, $"r{round}w{writer}-", stop.Token)).ToArray();
            await Eventually.HoldsAsync(
                () => writes.Count > before + 50, () => "nothing is stored", TimeSpan.FromSeconds(30));
            server.Process.Signal("KILL");
            await server.Process.WaitForExitAsync();
            await stop.CancelAsync();
            await Task.WhenAll(writing);
        }

        await using var survivor = await RunningServer.StartAsync(directory["blobs"], []);
        var listed = await writes.AssertWholeAsync(survivor);
        Assert.DoesNotContain(survivor.Files(), file => file.StartsWith(".blobs/spool", StringComparison.Ordinal));
        SoakSize.Report($"{kills} kills, {writes.Count} blobs acknowledged, {listed} listed, all whole");
    }
}
