using Blobs.TestSupport;

namespace BlobsServer.Tests.Faults;

/// <summary>The count of a user's blobs can't be written: before a blob has its name, and after.</summary>
public sealed class QuotaFaultTests
{
    [Fact]
    public async Task Where_it_cannot_be_said_that_the_count_changes_nothing_is_stored()
    {
        using var directory = new TempDirectory();
        await using var server = await StartAsync(directory, failingWrite: 1);
        Assert.Equal(500, await PutAsync(server, "a", 60));
        using (var get = await server.Http.GetAsync("/blobs/alice/a")) Assert.Equal(404, (int)get.StatusCode);
        Assert.Equal(200, await PutAsync(server, "a", 100));
    }

    /// <summary>The file keeps saying that the count is being changed, as if its writer was killed: it is made anew.</summary>
    [Fact]
    public async Task A_blob_whose_count_cannot_be_saved_is_stored_and_counted_by_the_next()
    {
        using var directory = new TempDirectory();
        await using var server = await StartAsync(directory, failingWrite: 2);
        Assert.Equal(200, await PutAsync(server, "a", 60));
        Assert.Equal(507, await PutAsync(server, "b", 41));
        Assert.Equal(200, await PutAsync(server, "b", 40));
        Assert.Contains("will be counted again", server.Process.StandardError, StringComparison.Ordinal);
    }

    /// <summary>The file is made beforehand, because strace watches a path by what it is at its own start.</summary>
    private static Task<RunningServer> StartAsync(TempDirectory directory, int failingWrite)
    {
        var quota = Directory.CreateDirectory(directory["blobs/.blobs/quota"]).FullName;
        var count = Path.Combine(quota, "alice");
        File.WriteAllBytes(count, []);
        return StracedServer.StartAsync(
            directory["blobs"],
            [$"pwrite64:error=EIO:when={failingWrite}"],
            ["--durability", "none", "--quota-kib", "100"],
            path: count);
    }

    private static async Task<int> PutAsync(RunningServer server, string id, int sizeKiB)
    {
        using var answer = await server.PutAsync($"/blobs/alice/{id}", new byte[sizeKiB * 1024]);
        return (int)answer.StatusCode;
    }
}
