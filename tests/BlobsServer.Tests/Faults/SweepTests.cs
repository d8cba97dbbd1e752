using System.Net;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Faults;

/// <summary>
/// What lies in the spool. On a file system without O_TMPFILE whole blobs are staged there, so these tests make the probe
/// for it fail: the first openat(2) that concerns the spool.
/// </summary>
public sealed class SweepTests
{
    private const string NoUnnamedFiles = "openat:error=EOPNOTSUPP:when=1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_start_leaves_alone_what_another_process_is_uploading()
    {
        using var directory = new TempDirectory();
        var spool = SpoolOf(directory);
        await using var uploading = await StracedServer.StartAsync(directory["blobs"], [NoUnnamedFiles], [], path: spool);
        using var upload = await RawConnection.OpenAsync(uploading.Port);
        await upload.SendAsync("PUT /blobs/alice/id HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
        await upload.SendAsync(new byte[100_000]);
        await Eventually.HoldsAsync(() => Directory.GetFiles(spool).Length == 1, () => "nothing is spooled", Patience);

        await using (var starting = await RunningServer.StartAsync(directory["blobs"], []))
        {
            Assert.Single(Directory.GetFiles(spool));
        }

        await upload.SendAsync(new byte[100_000]);
        Assert.Equal(200, await upload.ReadStatusAsync());
        Assert.Empty(Directory.GetFiles(spool));
        Assert.Equal(200_000, (await uploading.Http.GetByteArrayAsync("/blobs/alice/id")).Length);
        using var again = await uploading.PutAsync("/blobs/alice/id", [1]);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Empty(Directory.GetFiles(spool));
    }

    [Fact]
    public async Task A_start_removes_what_a_killed_process_left()
    {
        using var directory = new TempDirectory();
        var spool = SpoolOf(directory);
        await File.WriteAllTextAsync(Path.Combine(spool, "1-2-3"), "left over");
        await using var server = await RunningServer.StartAsync(directory["blobs"], []);
        Assert.Empty(Directory.GetFiles(spool));
    }

    /// <summary>Unlocked files of a spool are removed at a start, and counts where there is no quota: but not somebody else's.</summary>
    [Theory]
    [InlineData("spool")]
    [InlineData("quota")]
    public async Task A_start_removes_nothing_behind_a_planted_link(string planted)
    {
        using var directory = new TempDirectory();
        var victim = Directory.CreateDirectory(directory["victim"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(victim, "dear"), "somebody's");
        Directory.CreateDirectory(directory["blobs/.blobs"]);
        Directory.CreateSymbolicLink(directory[$"blobs/.blobs/{planted}"], victim);
        await using var server = ChildProcess.Start(
            Repository.Program("BlobsServer"), [directory["blobs"], $"{FreePorts.Take()}"]);
        await Eventually.HoldsAsync(
            () => server.HasExited || server.StandardError.Contains("serving", StringComparison.Ordinal),
            () => server.StandardError, Patience);
        Assert.Equal(["dear"], Directory.GetFileSystemEntries(victim).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_upload_that_is_cut_leaves_nothing_in_the_spool()
    {
        using var directory = new TempDirectory();
        var spool = SpoolOf(directory);
        await using var server = await StracedServer.StartAsync(directory["blobs"], [NoUnnamedFiles], [], path: spool);
        using (var upload = await RawConnection.OpenAsync(server.Port))
        {
            await upload.SendAsync("PUT /blobs/alice/id HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
            await upload.SendAsync(new byte[100_000]);
            await Eventually.HoldsAsync(() => Directory.GetFiles(spool).Length == 1, () => "nothing is spooled", Patience);
        }

        await Eventually.HoldsAsync(() => Directory.GetFiles(spool).Length == 0, () => "the upload's file stays", Patience);
        Assert.DoesNotContain(server.Files(), file => file.StartsWith("alice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_spool_that_is_removed_during_an_upload_ends_it_and_no_other()
    {
        using var directory = new TempDirectory();
        var spool = SpoolOf(directory);
        await using var server = await StracedServer.StartAsync(directory["blobs"], [NoUnnamedFiles], [], path: spool);
        using var upload = await RawConnection.OpenAsync(server.Port);
        await upload.SendAsync("PUT /blobs/alice/id HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
        await upload.SendAsync(new byte[100_000]);
        // The upload's own file: that of a readiness probe holds next to nothing.
        await Eventually.HoldsAsync(
            () => new DirectoryInfo(spool).GetFiles().Any(
                file => file.Exists && file.Length > 1000), () => "nothing is spooled", Patience);
        Directory.Delete(spool, recursive: true);
        await upload.SendAsync(new byte[100_000]);
        Assert.Equal(500, await upload.ReadStatusAsync());
        using var again = await server.PutAsync("/blobs/alice/id", [1]);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    /// <summary>Made beforehand, because strace watches a path by what it is at its own start.</summary>
    private static string SpoolOf(TempDirectory directory) =>
        Directory.CreateDirectory(Path.Combine(directory["blobs"], ".blobs", "spool")).FullName;
}
