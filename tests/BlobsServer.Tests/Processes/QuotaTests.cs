using Blobs.TestSupport;

namespace BlobsServer.Tests.Processes;

/// <summary>--quota-kib: exact over processes, and true again after whatever happened.</summary>
public sealed class QuotaTests
{
    private static readonly string[] Quota = ["--durability", "none", "--quota-kib", "100"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_last_byte_fits_and_one_more_does_not()
    {
        await using var server = await RunningServer.StartAsync(Quota);
        Assert.Equal(200, await PutAsync(server, "alice", "a", 60 * 1024));
        Assert.Equal(507, await PutAsync(server, "alice", "b", (40 * 1024) + 1));
        Assert.Equal(507, await PutAsync(server, "alice", "b", (40 * 1024) + 1, isChunked: true));
        Assert.Equal(200, await PutAsync(server, "alice", "b?namespace=other", 40 * 1024, isChunked: true));
        Assert.Equal(507, await PutAsync(server, "alice", "c", 1));
        Assert.Equal(200, await PutAsync(server, "alice", "empty", 0));
        Assert.Equal(200, await PutAsync(server, "bob", "a", 100 * 1024));
        Assert.Equal(409, await PutAsync(server, "bob", "a", 0));
    }

    [Fact]
    public async Task Room_comes_back_after_deletes_failures_and_conflicts()
    {
        await using var server = await RunningServer.StartAsync(Quota);
        for (var round = 0; round < 3; round++)
        {
            using (var cut = await RawConnection.OpenAsync(server.Port))
            {
                await cut.SendAsync($"PUT /blobs/alice/cut HTTP/1.1\r\nHost: x\r\nContent-Length: {100 * 1024}\r\n\r\n");
                await cut.SendAsync(new byte[80 * 1024]);
                cut.FinishSending();
                Assert.NotEqual(200, await cut.ReadStatusAsync());
            }

            await Eventually.HoldsAsync(
                async () => await PutAsync(server, "alice", "a", 100 * 1024) == 200, () => "the cut upload keeps its room", Patience);
            Assert.Equal(409, await PutAsync(server, "alice", "a", 0));
            Assert.Equal(507, await PutAsync(server, "alice", "b", 1));
            (await server.Http.DeleteAsync("/blobs/alice/a")).Dispose();
        }
    }

    [Fact]
    public async Task An_upload_under_way_keeps_its_room_from_others()
    {
        await using var server = await RunningServer.StartAsync(Quota);
        using var slow = await RawConnection.OpenAsync(server.Port);
        await slow.SendAsync($"PUT /blobs/alice/slow HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {70 * 1024}\r\n\r\n");
        Assert.Equal(100, await slow.ReadStatusAsync()); // it has its room when its body is asked for
        Assert.Equal(507, await PutAsync(server, "alice", "b", 40 * 1024));
        await slow.SendAsync(new byte[70 * 1024]);
        Assert.Equal(200, await slow.ReadStatusAsync());
        Assert.Equal(200, await PutAsync(server, "alice", "c", 30 * 1024));
    }

    [Fact]
    public async Task Raced_over_processes_it_is_never_exceeded_and_filled_to_the_last_blob()
    {
        var processes = SoakSize.Of(normal: 3, soak: 8);
        using var directory = new TempDirectory();
        var servers = await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => RunningServer.StartAsync(directory["blobs"], Quota)));
        try
        {
            var statuses = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => PutAsync(servers[i % processes], "alice", $"r{i}", 10 * 1024)));
            Assert.Equal(10, statuses.Count(status => status == 200));
            Assert.Equal(54, statuses.Count(status => status == 507));
            Assert.Equal(100 * 1024, BlobBytes(servers[0]));
        }
        finally
        {
            foreach (var server in servers) await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_a_killed_process_had_reserved_is_free_again_and_what_it_stored_counts()
    {
        using var directory = new TempDirectory();
        await using var survivor = await RunningServer.StartAsync(directory["blobs"], Quota);
        await using (var killed = await RunningServer.StartAsync(directory["blobs"], Quota))
        {
            Assert.Equal(200, await PutAsync(killed, "alice", "a", 30 * 1024));
            using var hanging = await RawConnection.OpenAsync(killed.Port);
            await hanging.SendAsync($"PUT /blobs/alice/hanging HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {70 * 1024}\r\n\r\n");
            Assert.Equal(100, await hanging.ReadStatusAsync());
            await hanging.SendAsync(new byte[66 * 1024]);
            Assert.Equal(507, await PutAsync(survivor, "alice", "b", 70 * 1024));
            killed.Process.Signal("KILL");
            await killed.Process.WaitForExitAsync();
        }

        Assert.Equal(507, await PutAsync(survivor, "alice", "b", (70 * 1024) + 1));
        Assert.Equal(200, await PutAsync(survivor, "alice", "b", 70 * 1024));
        Assert.Equal(100 * 1024, BlobBytes(survivor));
    }

    private static async Task<int> PutAsync(RunningServer server, string user, string id, int size, bool isChunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/blobs/{user}/{id}") { Content = new ByteArrayContent(new byte[size]) };
        request.Headers.TransferEncodingChunked = isChunked;
        using var answer = await server.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private static long BlobBytes(RunningServer server) =>
        server.Files().Where(file => !file.StartsWith(".blobs", StringComparison.Ordinal))
            .Sum(file => new FileInfo(Path.Combine(server.DataDirectory, file)).Length);
}
