using System.Net;
using System.Security.Cryptography;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Faults;

/// <summary>
/// Disks that are full or read-only, and descriptors that run out: honest answers, and recovery without a restart.
/// </summary>
public sealed class DiskTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("always")]
    [InlineData("none")]
    public async Task A_full_disk_is_507_reads_go_on_and_room_is_used_again(string durability)
    {
        using var directory = new TempDirectory();
        await using var server = await MountedServer.StartAsync(directory["disk"], sizeKiB: 2048, ["--durability", durability]);
        var body = RandomNumberGenerator.GetBytes(300 * 1024);
        var stored = 0;
        while (await PutAsync(server, $"id-{stored}", body) == 200) stored++;
        Assert.InRange(stored, 4, 7);
        Assert.Equal(507, await PutAsync(server, "large", new byte[5_000_000]));
        var small = 0;
        while (await PutAsync(server, $"small-{small}", new byte[4096]) == 200) small++;
        Assert.True(small > 0, "what the refused ones had written is not given back");
        Assert.Equal(503, await StatusAsync(server, "/health/ready", 503));
        Assert.Equal(200, await StatusAsync(server, "/health/live", 200));
        for (var id = 0; id < stored; id++) Assert.Equal(body, await server.Http.GetByteArrayAsync($"/blobs/alice/id-{id}"));
        Assert.Equal($$"""{"count":{{stored + small}}}""", await server.Http.GetStringAsync("/blobs/alice?only_count=True"));

        using var delete = await server.Http.DeleteAsync("/blobs/alice/id-0");
        Assert.Equal(HttpStatusCode.OK, delete.StatusCode);
        Assert.Equal(200, await StatusAsync(server, "/health/ready", 200));
        Assert.Equal(200, await PutAsync(server, "again", body));
    }

    [Fact]
    public async Task A_read_only_disk_is_503_not_ready_and_alive()
    {
        using var directory = new TempDirectory();
        await using var server = await MountedServer.StartAsync(directory["disk"], sizeKiB: 2048, []);
        Assert.Equal(200, await PutAsync(server, "id", [1]));
        await MountedServer.RemountAsync(server, "ro");
        Assert.Equal(503, await PutAsync(server, "other", [1]));
        using var delete = await server.Http.DeleteAsync("/blobs/alice/id");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, delete.StatusCode);
        Assert.Equal([1], await server.Http.GetByteArrayAsync("/blobs/alice/id"));
        Assert.Equal(503, await StatusAsync(server, "/health/ready", 503));
        Assert.Equal(200, await StatusAsync(server, "/health/live", 200));

        await MountedServer.RemountAsync(server, "rw");
        Assert.Equal(200, await PutAsync(server, "other", [1]));
        Assert.Equal(200, await StatusAsync(server, "/health/ready", 200));
    }

    [Fact]
    public async Task A_list_that_fails_leaves_no_descriptor()
    {
        using var directory = new TempDirectory();
        var listed = Directory.CreateDirectory(directory["blobs/alice/default"]).FullName;
        await using var server = await StracedServer.StartAsync(
            directory["blobs"], ["getdents64:error=EIO"], [], path: listed);
        var before = 0;
        for (var round = 0; round < 60; round++)
        {
            using var list = await server.Http.GetAsync("/blobs/alice");
            Assert.Equal(HttpStatusCode.InternalServerError, list.StatusCode);
            if (round == 9) before = Descriptors();
        }

        Assert.InRange(Descriptors(), 0, before + 8);

        int Descriptors() => Directory.EnumerateFileSystemEntries($"/proc/{StracedServer.PidOf(server)}/fd").Count();
    }

    private static async Task<int> PutAsync(RunningServer server, string id, byte[] body)
    {
        using var answer = await server.PutAsync($"/blobs/alice/{id}", body);
        return (int)answer.StatusCode;
    }

    /// <summary>The status, once it is the one that is waited for: the outcome of a probe is kept for half a second.</summary>
    private static async Task<int> StatusAsync(RunningServer server, string path, int wanted)
    {
        var status = 0;
        await Eventually.HoldsAsync(
            async () =>
            {
                using var answer = await server.Http.GetAsync(path);
                return (status = (int)answer.StatusCode) == wanted;
            },
            () => $"{path} answers {status}",
            Patience);
        return status;
    }
}
