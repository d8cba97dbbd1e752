using System.Net;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Faults;

/// <summary>One request waits for the disk (strace holds its system call for seconds); all others are answered meanwhile.</summary>
public sealed class SlowDiskTests
{
    private const int DelayMicroseconds = 5_000_000;

    [Theory]
    [InlineData(100)]
    [InlineData(200_000)]
    public async Task A_read_that_waits_for_the_disk_holds_up_nobody_else(int sizeBytes)
    {
        using var directory = new TempDirectory();
        Assert.SkipWhen(new DriveInfo(directory["."]).DriveFormat == "tmpfs", "nothing waits for a disk in memory");
        var blob = new byte[sizeBytes];
        Random.Shared.NextBytes(blob);
        await using (var before = await RunningServer.StartAsync(directory["blobs"], []))
        {
            using var put = await before.PutAsync("/blobs/alice/id", blob);
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        }

        // As if nothing of the blob were in memory, and the disk slow.
        string[] injections = ["preadv2:error=EAGAIN", $"pread64:delay_enter={DelayMicroseconds}:when=1"];
        var file = directory["blobs/alice/default/i/id/id/id"];
        await using var server = await StracedServer.StartAsync(directory["blobs"], injections, [], path: file);
        var slow = server.Http.GetByteArrayAsync("/blobs/alice/id");
        await AssertOthersAreAnsweredAsync(server);
        Assert.False(slow.IsCompleted);
        Assert.Equal(blob, await slow);
    }

    [Fact]
    public async Task A_durable_write_that_waits_for_the_disk_holds_up_nobody_else()
    {
        using var directory = new TempDirectory();
        var parent = Directory.CreateDirectory(directory["blobs/alice/default"]).FullName;
        await using var server = await StracedServer.StartAsync(
            directory["blobs"], [$"mkdirat:delay_enter={DelayMicroseconds}"], [], path: parent);
        var slow = server.PutAsync("/blobs/alice/id", [1, 2, 3]);
        await AssertOthersAreAnsweredAsync(server);
        Assert.False(slow.IsCompleted);
        using var put = await slow;
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
    }

    /// <summary>On new connections, which are dealt out over all loops.</summary>
    private static async Task AssertOthersAreAnsweredAsync(RunningServer server)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(200)); // the slow one is to be there first
        for (var others = 0; others < 2 * Environment.ProcessorCount; others++)
        {
            using var client = new HttpClient { BaseAddress = server.Http.BaseAddress };
            using var answer = await client.GetAsync("/");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
