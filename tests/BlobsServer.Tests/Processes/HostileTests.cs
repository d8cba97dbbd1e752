using System.Diagnostics;
using System.Net;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Processes;

/// <summary>Clients that lie, dawdle, break off or talk nonsense.</summary>
[Trait("Store", "any")]
public sealed class HostileTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("Content-Length: 3\r\nContent-Length: 3")]
    [InlineData("Content-Length: 3\r\nContent-Length: 4")]
    [InlineData("Content-Length: 3\r\nTransfer-Encoding: chunked")]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: x")]
    [InlineData("Content-Length: 99999999999999999999")]
    public async Task A_body_of_unclear_length_is_400(string headers)
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        using var connection = await RawConnection.OpenAsync(server.Port);
        await connection.SendAsync($"PUT /blobs/{server.User}/id HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\nabc");
        Assert.Equal(400, await connection.ReadStatusAsync());
        Assert.Empty(server.Files());
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/health/live")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/blobs/alice")]
    [InlineData("GET", "/blobs/alice/id")]
    [InlineData("HEAD", "/blobs/alice/id")]
    [InlineData("POST", "/stream/alice")]
    [InlineData("GET", "/nowhere")]
    public async Task Two_lengths_of_a_body_are_400_everywhere(string method, string target)
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        using var connection = await RawConnection.OpenAsync(server.Port);
        await connection.SendAsync(
            $"{method} {target} HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        Assert.Equal(400, await connection.ReadStatusAsync());
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Uploads_that_are_reset_leave_no_descriptor_and_no_file()
    {
        var resets = SoakSize.Of(normal: 200, soak: 1_000);
        await using var server = await RunningServer.StartAsync("--durability", "none");
        (await server.PutAsync($"/blobs/{server.User}/first", [1])).Dispose();
        var before = Descriptors(server);
        for (var i = 0; i < resets; i++)
        {
            using var connection = await RawConnection.OpenAsync(server.Port);
            await connection.SendAsync(
                $"PUT /blobs/{server.User}/reset-{i} HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n");
            await connection.SendAsync(new byte[100_000]);
            connection.Reset();
        }

        // A few are the runtime's own and come with time; a leak would be of hundreds.
        await Eventually.HoldsAsync(
            () => Descriptors(server) <= before + 8, () => $"{before} descriptors became {Descriptors(server)}", Patience);
        server.AssertFiles($"{server.User}/default/f/fir/first/first");
        SoakSize.Report($"{resets} resets: {before} descriptors before, {Descriptors(server)} after");
    }

    [Fact]
    public async Task Slow_heads_and_bodies_are_closed_and_healthy_clients_do_not_notice()
    {
        await using var server = await RunningServer.StartAsync("--durability", "none");
        (await server.PutAsync($"/blobs/{server.User}/id", new byte[1000])).Dispose();
        using var slowHead = await RawConnection.OpenAsync(server.Port);
        using var slowBody = await RawConnection.OpenAsync(server.Port);
        await slowHead.SendAsync($"GET /blobs/{server.User}/id HTTP/1.1\r\nHost: ");
        await slowBody.SendAsync($"PUT /blobs/{server.User}/slow HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
        var head = DribbleAsync(slowHead);
        var body = DribbleAsync(slowBody);
        var slowest = TimeSpan.Zero;
        while (!head.IsCompleted || !body.IsCompleted)
        {
            var watch = Stopwatch.StartNew();
            Assert.Equal(1000, (await server.Http.GetByteArrayAsync($"/blobs/{server.User}/id")).Length);
            if (watch.Elapsed > slowest) slowest = watch.Elapsed;
            await Task.WhenAny(Task.WhenAll(head, body), Task.Delay(50));
        }

        Assert.Contains(await head, new int?[] { 408, null });
        Assert.Contains(await body, new int?[] { 408, null });
        Assert.True(slowest < TimeSpan.FromSeconds(2), $"a GET took {slowest}");
        Assert.Equal("""["id"]""", await server.Http.GetStringAsync($"/blobs/{server.User}"));
    }

    [Trait("Store", "disk")]
    [Fact]
    [Trait("Category", "Soak")]
    public async Task Slow_readers_and_large_bodies_do_not_cost_memory()
    {
        const int Readers = 8;
        const long MaxGrowthKiB = 64 * 1024;
        var size = SoakSize.Of(normal: 100, soak: 1024) * 1024L * 1024L;
        await using var server = await RunningServer.StartAsync("--durability", "none", "--max-blob-mib", "2048");
        for (var i = 0; i < 2_000; i++) (await server.Http.GetAsync("/")).Dispose();
        var before = server.ResidentKiB();
        using (var put = await server.Http.PutAsync($"/blobs/{server.User}/large", new ZeroContent(size)))
        {
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        }

        var afterPut = server.ResidentKiB();

        var readers = new List<RawConnection>();
        try
        {
            for (var i = 0; i < Readers; i++)
            {
                var reader = await RawConnection.OpenAsync(server.Port);
                readers.Add(reader);
                await reader.SendAsync($"GET /blobs/{server.User}/large HTTP/1.1\r\nHost: x\r\n\r\n");
                Assert.Equal(200, await reader.ReadStatusAsync());
            }

            using var whole = await server.Http.GetAsync($"/blobs/{server.User}/large", HttpCompletionOption.ResponseHeadersRead);
            await using var stream = await whole.Content.ReadAsStreamAsync();
            Assert.Equal(size, await CountAsync(stream));
        }
        finally
        {
            foreach (var reader in readers) reader.Dispose();
        }

        var afterGet = server.ResidentKiB();
        SoakSize.Report(
            $"{size / 1024 / 1024} MiB put and read, {Readers} readers that don't read: "
            + $"resident {before} KiB, {afterPut}, {afterGet}");
        Assert.InRange(afterPut - before, long.MinValue, MaxGrowthKiB);
        Assert.InRange(afterGet - before, long.MinValue, MaxGrowthKiB);
    }

    private static async Task<int?> DribbleAsync(RawConnection connection)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var answer = connection.ReadStatusAsync(Patience);
        while (!answer.IsCompleted && !deadline.IsCancellationRequested)
        {
            try
            {
                await connection.SendAsync("x");
            }
            catch (System.Net.Sockets.SocketException)
            {
                break;
            }

            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None));
        }

        return await answer;
    }

    private static async Task<long> CountAsync(Stream stream)
    {
        var buffer = new byte[256 * 1024];
        var total = 0L;
        while (await stream.ReadAsync(buffer) is var count and > 0) total += count;
        return total;
    }

    private static int Descriptors(RunningServer server) =>
        Directory.EnumerateFileSystemEntries($"/proc/{server.Process.Pid}/fd").Count();
}
