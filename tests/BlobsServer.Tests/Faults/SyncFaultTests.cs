using System.Net;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Faults;

/// <summary>
/// The disk says no at each step of a durable write. There is no false 200, and the server goes on. The first PUT of a
/// fresh directory syncs: 1 the file, then in any order 2 the leaf and 3-7 the parents of five new directories.
/// </summary>
public sealed class SyncFaultTests
{
    [Theory]
    [InlineData("fsync:error=EIO:when=1")]
    [InlineData("linkat:error=EIO:when=1")]
    [InlineData("fsync:error=ENOSPC:when=1", 507)]
    [InlineData("linkat:error=ENOSPC:when=1", 507)]
    [InlineData("linkat:error=EDQUOT:when=1", 507)]
    public async Task A_failure_before_the_name_stores_nothing_and_a_retry_succeeds(string injection, int status = 500)
    {
        using var directory = new TempDirectory();
        await using var server = await StracedServer.StartAsync(directory["blobs"], [injection], []);
        Assert.Equal(status, await PutAsync(server, "id"));
        Assert.Empty(server.Files());
        // The links of each thread fail once, and a retry may come to another thread.
        for (var tries = 0; tries < 20 && await PutAsync(server, "id") != 200; tries++) Assert.Empty(server.Files());
        Assert.Equal([1, 2, 3], await server.Http.GetByteArrayAsync("/blobs/alice/id"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task A_directory_that_is_not_synced_is_no_200_but_the_name_stays(int when)
    {
        using var directory = new TempDirectory();
        await using var server = await StracedServer.StartAsync(directory["blobs"], [$"fsync:error=EIO:when={when}"], []);
        Assert.Equal(500, await PutAsync(server, "id"));
        Assert.Equal([1, 2, 3], await server.Http.GetByteArrayAsync("/blobs/alice/id"));
        Assert.Equal(409, await PutAsync(server, "id"));
        Assert.Equal(200, await PutAsync(server, "other"));
    }

    [Fact]
    public async Task All_syncs_of_a_durable_write_are_made_and_none_without()
    {
        using var directory = new TempDirectory();
        await using (var always = await StracedServer.StartAsync(directory["always"], ["fsync:error=EIO:when=8+"], []))
        {
            Assert.Equal(200, await PutAsync(always, "id"));
            Assert.Equal(500, await PutAsync(always, "other"));
        }

        await using var none = await StracedServer.StartAsync(directory["none"], ["fsync:error=EIO"], ["--durability", "none"]);
        Assert.Equal(200, await PutAsync(none, "id"));
        using var post = await none.PostAsync("/blobs/alice/id", """["PENDING"]""");
        using var delete = await none.Http.DeleteAsync("/blobs/alice/id");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (post.StatusCode, delete.StatusCode));
    }

    [Fact]
    public async Task Flags_are_no_200_when_a_sync_fails()
    {
        using var directory = new TempDirectory();
        await using var server = await StracedServer.StartAsync(directory["blobs"], ["fsync:error=EIO:when=8..10+2"], []);
        Assert.Equal(200, await PutAsync(server, "id")); // syncs 1-7
        Assert.Equal(500, await PostAsync(server)); // 8: the flags' file
        Assert.Equal("[]", await server.Http.GetStringAsync("/blobs/alice/id?only_flags=True"));
        Assert.Equal(500, await PostAsync(server)); // 9: the file, 10: the directory
        Assert.Equal(200, await PostAsync(server));
    }

    [Fact]
    public async Task A_delete_is_no_200_when_its_sync_fails()
    {
        using var directory = new TempDirectory();
        await using var server = await StracedServer.StartAsync(directory["blobs"], ["fsync:error=EIO:when=8"], []);
        Assert.Equal(200, await PutAsync(server, "id")); // syncs 1-7
        using var delete = await server.Http.DeleteAsync("/blobs/alice/id");
        Assert.Equal(HttpStatusCode.InternalServerError, delete.StatusCode);
    }

    [Theory]
    [InlineData("openat2:error=ENOSYS")]
    [InlineData("openat2:error=EPERM")]
    [InlineData("linkat:error=ENOENT:when=1")]
    [InlineData("linkat:error=EPERM:when=1")]
    public async Task A_kernel_that_lacks_a_call_is_served_by_older_ones(string injection)
    {
        using var directory = new TempDirectory();
        await using var server = await StracedServer.StartAsync(directory["blobs"], [injection], []);
        Assert.Equal(200, await PutAsync(server, "id"));
        Assert.Equal([1, 2, 3], await server.Http.GetByteArrayAsync("/blobs/alice/id"));
        Assert.Equal("""["id"]""", await server.Http.GetStringAsync("/blobs/alice"));
        Directory.CreateSymbolicLink(Path.Combine(server.DataDirectory, "alice/default/l"), directory.FullPath);
        using var linked = await server.PutAsync("/blobs/alice/linked", [1]);
        Assert.False(linked.IsSuccessStatusCode);
        Assert.Equal(["blobs"], Directory.GetFileSystemEntries(directory.FullPath).Select(Path.GetFileName));
    }

    private static async Task<int> PutAsync(RunningServer server, string id)
    {
        using var answer = await server.PutAsync($"/blobs/alice/{id}", [1, 2, 3]);
        return (int)answer.StatusCode;
    }

    private static async Task<int> PostAsync(RunningServer server)
    {
        using var answer = await server.PostAsync("/blobs/alice/id", """["PENDING"]""");
        return (int)answer.StatusCode;
    }
}
