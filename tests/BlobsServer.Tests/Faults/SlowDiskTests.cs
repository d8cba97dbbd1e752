using System.Net;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Faults;

/// <summary>
/// One request waits for the disk (strace holds its system call for seconds); all others are answered meanwhile.
/// </summary>
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
        var leaf = Store(directory["blobs"], blob);
        // As if nothing of the blob were in memory, and the disk slow.
        string[] injections = ["preadv2:error=EAGAIN", $"pread64:delay_enter={DelayMicroseconds}:when=1"];
        await using var server =
            await StracedServer.StartAsync(directory["blobs"], injections, [], path: Path.Combine(leaf, "id"));
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

    [Fact]
    public async Task Flags_that_wait_for_the_disk_hold_up_nobody_else()
    {
        using var directory = new TempDirectory();
        Assert.SkipWhen(FileSystemOf(directory["blobs"]) == "tmpfs", "nothing waits for a disk in memory");
        var leaf = Store(directory["blobs"], [1, 2, 3]);
        await using var server = await StracedServer.StartAsync(
            directory["blobs"], [$"statx:delay_enter={DelayMicroseconds}:when=1"], ["--durability", "none"], path: leaf);
        using var others = await Others.ConnectAsync(server);
        var slow = server.Http.GetStringAsync("/blobs/alice/id?only_flags=True");
        await others.AssertAnsweredWhileAsync(slow);
        Assert.Equal("[]", await slow);
    }

    /// <summary>Those that are looked up before their body is taken.</summary>
    [Theory]
    [InlineData("Expect: 100-continue\r\nContent-Length: 3")]
    [InlineData("Content-Length: 100000")]
    public async Task A_put_that_waits_for_the_disk_before_its_body_holds_up_nobody_else(string headers)
    {
        using var directory = new TempDirectory();
        Assert.SkipWhen(FileSystemOf(directory["blobs"]) == "tmpfs", "nothing waits for a disk in memory");
        var leaf = Store(directory["blobs"], [1, 2, 3]);
        await using var server = await StracedServer.StartAsync(
            directory["blobs"],
            [$"statx:delay_enter={DelayMicroseconds}:when=1"],
            ["--durability", "none"],
            path: Path.Combine(leaf, "id"));
        using var others = await Others.ConnectAsync(server);
        using var put = await RawConnection.OpenAsync(server.Port);
        await put.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"); // a connection's first request may be handled elsewhere
        Assert.Equal(200, await put.ReadStatusAsync());
        await put.SendAsync($"PUT /blobs/alice/id HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n");
        var slow = put.ReadStatusAsync();
        await others.AssertAnsweredWhileAsync(slow);
        Assert.Equal(409, await slow);
    }

    [Theory]
    [InlineData("DELETE", "")]
    [InlineData("POST", "[\"PENDING\"]")]
    public async Task A_lock_that_another_process_does_not_give_back_holds_up_nobody_else(string method, string body)
    {
        using var directory = new TempDirectory();
        var leaf = Store(directory["blobs"], [1, 2, 3]);
        await using var server = await RunningServer.StartAsync(directory["blobs"], ["--durability", "none"]);
        Assert.Equal(200, await AskWhileLockedAsync(server, leaf, method, body));
    }

    [Fact]
    public async Task A_count_that_another_process_does_not_give_back_holds_up_nobody_else()
    {
        using var directory = new TempDirectory();
        Store(directory["blobs"], [1, 2, 3]);
        await using var server =
            await RunningServer.StartAsync(directory["blobs"], ["--durability", "none", "--quota-kib", "100"]);
        var count = Path.Combine(Directory.CreateDirectory(directory["blobs/.blobs/quota"]).FullName, "alice");
        Assert.Equal(200, await AskWhileLockedAsync(server, count, "DELETE", ""));
    }

    /// <summary>There the event loop itself stores.</summary>
    [Fact]
    public async Task In_memory_too_a_lock_holds_up_nobody_else()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "there is no directory in memory");
        var directory = Directory.CreateDirectory($"/dev/shm/blobs-test-{Guid.NewGuid():N}").FullName;
        try
        {
            var leaf = Store(directory, [1, 2, 3]);
            await using var server = await RunningServer.StartAsync(directory, ["--durability", "none"]);
            Assert.Equal(409, await AskWhileLockedAsync(server, leaf, "PUT", "abc"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Probes_of_a_disk_that_hangs_are_answered_and_do_not_pile_up()
    {
        using var directory = new TempDirectory();
        var spool = Directory.CreateDirectory(Path.Combine(directory["blobs"], ".blobs", "spool")).FullName;
        await using var server = await StracedServer.StartAsync(
            directory["blobs"], [$"openat:delay_enter={2 * DelayMicroseconds}:when=2+"], [], path: spool);
        await Task.Delay(TimeSpan.FromSeconds(1)); // what was probed at the start is known for half a second
        var probes = Enumerable.Range(0, 30).Select(_ => server.Http.GetAsync("/health/ready")).ToArray();
        foreach (var probe in probes)
        {
            using var answer = await probe;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }
    }

    /// <summary>The status of a request for alice/id that waits for a lock, while others are answered.</summary>
    private static async Task<int?> AskWhileLockedAsync(RunningServer server, string path, string method, string body)
    {
        using var others = await Others.ConnectAsync(server);
        using var asking = await RawConnection.OpenAsync(server.Port);
        await asking.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(200, await asking.ReadStatusAsync());
        // Without a fork, so that nobody else has the lock when it is killed.
        await using var holding = ChildProcess.Start("flock", ["--no-fork", path, "sh", "-c", "echo locked; exec sleep 60"]);
        await holding.WaitForOutputAsync("locked");
        await asking.SendAsync(
            $"{method} /blobs/alice/id HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        var slow = asking.ReadStatusAsync();
        await others.AssertAnsweredWhileAsync(slow);
        holding.Signal("KILL");
        return await slow;
    }

    /// <summary>The blob alice/id, lying as a server leaves it; returns the directory that it lies in.</summary>
    private static string Store(string directory, byte[] blob)
    {
        var leaf = Directory.CreateDirectory(Path.Combine(directory, "alice/default/i/id/id")).FullName;
        File.WriteAllBytes(Path.Combine(leaf, "id"), blob);
        return leaf;
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
