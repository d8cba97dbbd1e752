using System.Net;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Faults;

/// <summary>
/// The disk says no at each step of a durable write. There is no false 200, and the server goes on. The first PUT of a
/// fresh DIR syncs the file (fdatasync), and with fsync 1 the leaf, 2-6 the parents of five new directories, and 7 the
/// directory that DIR lies in.
/// </summary>
public sealed class SyncFaultTests
{
    [Theory]
    [InlineData("fdatasync:error=EIO:when=1")]
    [InlineData("linkat:error=EIO:when=1")]
    [InlineData("fdatasync:error=ENOSPC:when=1", 507)]
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
    [InlineData(1)]
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

    /// <summary>
    /// A client that was told 500 sends its PUT again and takes 409 with its own blob's tag for success: so 409 must not be
    /// said before the name is synced. The same for 404 to a repeated DELETE.
    /// </summary>
    [Fact]
    public async Task A_repeated_request_is_only_answered_once_what_it_did_is_synced()
    {
        using var directory = new TempDirectory();
        var leaf = Directory.CreateDirectory(directory["blobs/alice/default/i/id/id"]).FullName;
        await using var server = await StracedServer.StartAsync(
            directory["blobs"], ["fsync:error=EIO:when=1..5"], [], path: leaf);
        for (var tries = 0; tries < 3; tries++) Assert.Equal(500, await PutAsync(server, "id"));
        using var expecting = await RawConnection.OpenAsync(server.Port);
        await expecting.SendAsync("PUT /blobs/alice/id HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        Assert.Contains("send the request again", $"{await expecting.ReadProblemAsync()}", StringComparison.Ordinal);
        using var upload = await server.PostAsync("/stream/alice?direction=upload", "[[\"id\",1]]\nx");
        Assert.Equal(HttpStatusCode.InternalServerError, upload.StatusCode);
        Assert.Equal(409, await PutAsync(server, "id"));
        Assert.Equal([1, 2, 3], await server.Http.GetByteArrayAsync("/blobs/alice/id"));
    }

    [Fact]
    public async Task A_repeated_delete_is_only_404_once_the_first_is_synced()
    {
        using var directory = new TempDirectory();
        var leaf = Directory.CreateDirectory(directory["blobs/alice/default/i/id/id"]).FullName;
        await using var server = await StracedServer.StartAsync(
            directory["blobs"], ["fsync:error=EIO:when=2..3"], [], path: leaf);
        Assert.Equal(200, await PutAsync(server, "id")); // sync 1
        Assert.Equal(500, await DeleteAsync(server));
        Assert.Equal(500, await DeleteAsync(server));
        Assert.Equal(404, await DeleteAsync(server));
    }

    /// <summary>
    /// What another process acknowledged is confirmed as well: its sync may have failed, and its client ask here.
    /// </summary>
    [Fact]
    public async Task A_409_of_another_process_syncs_the_blob_and_all_directories()
    {
        using var directory = new TempDirectory();
        await using var careless = await RunningServer.StartAsync(directory["blobs"], ["--durability", "none"]);
        Assert.Equal(200, await PutAsync(careless, "id"));
        // Of files, 1: the body that is about to be refused, 2: the blob that is there; of directories, 1: its own, 2-7: those
        // above.
        string[] steps = ["fdatasync:error=EIO:when=2", .. Enumerable.Range(1, 7).Select(when => $"fsync:error=EIO:when={when}")];
        foreach (var step in steps)
        {
            await using var server = await StracedServer.StartAsync(directory["blobs"], [step], []);
            Assert.Equal(500, await PutAsync(server, "id"));
            Assert.Equal(409, await PutAsync(server, "id"));
        }
    }

    [Fact]
    public async Task Where_DIR_was_made_with_its_parents_the_topmost_is_synced_too()
    {
        using var directory = new TempDirectory();
        await using var server = await StracedServer.StartAsync(
            directory["a/b/blobs"], ["fsync:error=EIO:when=1"], [], path: directory.FullPath);
        Assert.Equal(500, await PutAsync(server, "id"));
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

        await using var none = await StracedServer.StartAsync(
            directory["none"], ["fsync:error=EIO", "fdatasync:error=EIO"], ["--durability", "none"]);
        Assert.Equal(200, await PutAsync(none, "id"));
        using var post = await none.PostAsync("/blobs/alice/id", """["PENDING"]""");
        using var delete = await none.Http.DeleteAsync("/blobs/alice/id");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (post.StatusCode, delete.StatusCode));
    }

    [Fact]
    public async Task Flags_are_no_200_when_a_sync_fails()
    {
        using var directory = new TempDirectory();
        await using var server =
            await StracedServer.StartAsync(directory["blobs"], ["fdatasync:error=EIO:when=2", "fsync:error=EIO:when=8"], []);
        Assert.Equal(200, await PutAsync(server, "id")); // file 1, directories 1-7
        Assert.Equal(500, await PostAsync(server)); // the flags' file
        Assert.Equal("[]", await server.Http.GetStringAsync("/blobs/alice/id?only_flags=True"));
        Assert.Equal(500, await PostAsync(server)); // the directory
        Assert.Equal(200, await PostAsync(server));
    }

    [Fact]
    public async Task A_delete_is_no_200_when_its_sync_fails()
    {
        using var directory = new TempDirectory();
        await using var server = await StracedServer.StartAsync(directory["blobs"], ["fsync:error=EIO:when=8"], []);
        Assert.Equal(200, await PutAsync(server, "id")); // directories 1-7
        Assert.Equal(500, await DeleteAsync(server));
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

    private static async Task<int> DeleteAsync(RunningServer server)
    {
        using var answer = await server.Http.DeleteAsync("/blobs/alice/id");
        return (int)answer.StatusCode;
    }

    private static async Task<int> PostAsync(RunningServer server)
    {
        using var answer = await server.PostAsync("/blobs/alice/id", """["PENDING"]""");
        return (int)answer.StatusCode;
    }
}
