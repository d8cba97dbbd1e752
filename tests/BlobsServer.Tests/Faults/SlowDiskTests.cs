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
        Assert.SkipWhen(FileSystemOf(directory["blobs"]) == "tmpfs", "nothing waits for a disk in memory");
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
        using var others = await Others.ConnectAsync(server);
        var slow = server.Http.GetByteArrayAsync("/blobs/alice/id");
        await others.AssertAnsweredWhileAsync(slow);
        Assert.Equal(blob, await slow);
    }

    [Fact]
    public async Task A_durable_write_that_waits_for_the_disk_holds_up_nobody_else()
    {
        using var directory = new TempDirectory();
        var parent = Directory.CreateDirectory(directory["blobs/alice/default"]).FullName;
        await using var server = await StracedServer.StartAsync(
            directory["blobs"], [$"mkdirat:delay_enter={DelayMicroseconds}"], [], path: parent);
        using var others = await Others.ConnectAsync(server);
        var slow = server.PutAsync("/blobs/alice/id", [1, 2, 3]);
        await others.AssertAnsweredWhileAsync(slow);
        using var put = await slow;
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
    }

    /// <summary>By the longest mount point above the path; null where, as in a chroot, none is told.</summary>
    private static string? FileSystemOf(string path) => File.ReadLines("/proc/self/mounts")
        .Select(line => line.Split(' '))
        .Where(mount => mount[1] == "/" || path.StartsWith($"{mount[1]}/", StringComparison.Ordinal))
        .MaxBy(mount => mount[1].Length)?[2];

    /// <summary>
    /// Connections that wait for their next request, on all event loops. (The first request of a connection may be handled
    /// elsewhere.)
    /// </summary>
    private sealed class Others(RawConnection[] connections) : IDisposable
    {
        // Time for a request to get to where it waits; too short, the test shows less, but does not fail.
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

        public static async Task<Others> ConnectAsync(RunningServer server)
        {
            var connections = new RawConnection[2 * Environment.ProcessorCount];
            for (var index = 0; index < connections.Length; index++)
            {
                connections[index] = await RawConnection.OpenAsync(server.Port);
                await AskAsync(connections[index]);
            }

            await Task.Delay(Pause);
            return new Others(connections);
        }

        public async Task AssertAnsweredWhileAsync(Task slow)
        {
            await Task.Delay(Pause);
            foreach (var connection in connections) await AskAsync(connection);
            await Task.Delay(Pause); // whoever was held up was so until now, and the slow answer is here in a moment
            Assert.False(slow.IsCompleted);
        }

        public void Dispose()
        {
            foreach (var connection in connections) connection.Dispose();
        }

        private static async Task AskAsync(RawConnection connection)
        {
            await connection.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            Assert.Equal(200, await connection.ReadStatusAsync());
        }
    }
}
