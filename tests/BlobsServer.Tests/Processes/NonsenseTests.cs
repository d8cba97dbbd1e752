using System.Diagnostics;
using System.Net.Sockets;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Processes;

/// <summary>Malformed requests over a raw socket, a great many.</summary>
[Trait("Store", "any")]
public sealed class NonsenseTests
{
    [Fact]
    [Trait("Category", "Soak")]
    public async Task Nonsense_is_never_a_5xx_and_leaves_the_server_serving()
    {
        var requests = SoakSize.Of(normal: 3_000, soak: 100_000);
        await using var server = await RunningServer.StartAsync("--durability", "none", "--max-blob-mib", "1");
        (await server.PutAsync("/blobs/bob/kept", new byte[1000])).Dispose();
        await TimeGetsAsync(server);
        var before = await TimeGetsAsync(server);
        var statuses = new int[600];
        var eight = new ParallelOptions { MaxDegreeOfParallelism = 8 };
        await Parallel.ForEachAsync(Enumerable.Range(0, requests), eight, async (seed, _) =>
        {
            var request = Nonsense.Request(new Random(seed));
            var status = await SendAsync(server, request);
            Interlocked.Increment(ref statuses[status]);
            Assert.True(status is < 500 or 501 or 505 or 507, $"{status} for {request}");
        });

        var after = await TimeGetsAsync(server);
        Assert.False(server.Process.HasExited);
        Assert.DoesNotContain("Exception", server.Process.StandardError, StringComparison.Ordinal);
        var counts = statuses.Index().Where(pair => pair.Item > 0).Select(pair => $"{pair.Item} x {pair.Index}");
        SoakSize.Report($"{requests} malformed requests: {string.Join(", ", counts)}; 0 is closed without an answer");
        SoakSize.Report($"200 GETs took {before.TotalMilliseconds:0} ms before and {after.TotalMilliseconds:0} ms after");
    }

    private static async Task<int> SendAsync(RunningServer server, string request)
    {
        using var connection = await RawConnection.OpenAsync(server.Port);
        try
        {
            await connection.SendAsync(request);
            connection.FinishSending();
        }
        catch (SocketException)
        {
            // The server may answer and close before it has read everything.
        }

        var status = await connection.ReadStatusAsync() ?? 0;
        return status == 100 ? await connection.ReadStatusAsync() ?? 0 : status;
    }

    private static async Task<TimeSpan> TimeGetsAsync(RunningServer server)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 200; i++) Assert.Equal(1000, (await server.Http.GetByteArrayAsync("/blobs/bob/kept")).Length);
        return watch.Elapsed;
    }
}
