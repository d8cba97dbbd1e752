using System.Net;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Faults;

/// <summary>
/// Where an ext4 has a journal, a PUT writes its bytes out (sync_file_range) and then waits for one commit (fsync): each
/// says no once. There is no false 200, and the server goes on.
/// </summary>
public sealed class JournalFaultTests
{
    private const string Journal = "has_journal";

    [Theory]
    [InlineData("EIO", 500)]
    [InlineData("ENOSPC", 507)]
    public async Task Bytes_that_are_not_written_out_store_nothing_and_a_retry_succeeds(string error, int status)
    {
        using var directory = new TempDirectory();
        await using var server = await JournaledServer.StartAsync(directory, Journal, $"sync_file_range:error={error}:when=1");
        Assert.Equal(status, await PutAsync(server, "id"));
        Assert.Equal("[]", await server.Http.GetStringAsync("/blobs/alice"));
        Assert.Equal(200, await PutAsync(server, "id"));
        Assert.Equal([1, 2, 3], await server.Http.GetByteArrayAsync("/blobs/alice/id"));
    }

    /// <summary>The second sync of a fresh DIR is of the directory that holds it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_commit_that_fails_is_no_200_but_the_name_stays(int when)
    {
        using var directory = new TempDirectory();
        await using var server = await JournaledServer.StartAsync(directory, Journal, $"fsync:error=EIO:when={when}");
        Assert.Equal(500, await PutAsync(server, "id"));
        Assert.Equal([1, 2, 3], await server.Http.GetByteArrayAsync("/blobs/alice/id"));
        Assert.Equal(409, await PutAsync(server, "id"));
        Assert.Equal(200, await PutAsync(server, "other"));
    }

    /// <summary>
    /// Everything that is answered has a commit of its own: PUT, 409 to its repetition, flags, DELETE, 404 to its repetition.
    /// </summary>
    [Theory]
    [InlineData(3, 500, 409, 200, 200, 404)]
    [InlineData(4, 200, 500, 200, 200, 404)]
    [InlineData(5, 200, 409, 500, 200, 404)]
    [InlineData(6, 200, 409, 200, 500, 404)]
    [InlineData(7, 200, 409, 200, 200, 500)]
    public async Task No_answer_without_its_commit(int when, int put, int again, int flags, int delete, int gone)
    {
        using var directory = new TempDirectory();
        await using var server = await JournaledServer.StartAsync(directory, Journal, $"fsync:error=EIO:when={when}");
        Assert.Equal(200, await PutAsync(server, "first")); // 1: the commit, 2: the directory that holds DIR
        Assert.Equal(put, await PutAsync(server, "id"));
        Assert.Equal(again, await PutAsync(server, "id"));
        using var post = await server.PostAsync("/blobs/alice/id", """["PENDING"]""");
        Assert.Equal(flags, (int)post.StatusCode);
        foreach (var status in new[] { delete, gone })
        {
            using var answer = await server.Http.DeleteAsync("/blobs/alice/id");
            Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        }
    }

    /// <summary>Without a journal nothing keeps the order, so each file is synced by itself.</summary>
    [Fact]
    public async Task An_ext4_without_a_journal_is_synced_file_by_file()
    {
        using var directory = new TempDirectory();
        await using var server = await JournaledServer.StartAsync(directory, "^has_journal", "fdatasync:error=EIO:when=1");
        Assert.Equal(500, await PutAsync(server, "id"));
        Assert.Equal(200, await PutAsync(server, "id"));
    }

    private static async Task<int> PutAsync(RunningServer server, string id)
    {
        using var answer = await server.PutAsync($"/blobs/alice/{id}", [1, 2, 3]);
        return (int)answer.StatusCode;
    }
}
