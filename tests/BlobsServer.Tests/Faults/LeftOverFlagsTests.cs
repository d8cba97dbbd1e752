using Blobs.TestSupport;

namespace BlobsServer.Tests.Faults;

/// <summary>
/// A blob's flags go with it, also when its DELETE and the next PUT meet, and when the one who deletes is killed.
/// </summary>
public sealed class LeftOverFlagsTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_new_blob_has_no_flags_though_its_predecessors_delete_was_killed_half_way()
    {
        using var directory = new TempDirectory();
        var leaf = Directory.CreateDirectory(directory["blobs/alice/default/i/id/id"]).FullName;
        // A deletes the blob, and hangs before it deletes the flags; B hangs right before it gives the new blob its name.
        await using var killed = await StracedServer.StartAsync(
            directory["blobs"], ["unlinkat:delay_enter=20000000:when=2"], ["--durability", "none"], path: leaf);
        await using var other = await StracedServer.StartAsync(
            directory["blobs"], ["linkat:delay_enter=3000000:when=1"], ["--durability", "none"], path: leaf);
        Assert.Equal(200, await PutAsync(killed));
        using (var post = await killed.PostAsync("/blobs/alice/id", """["PENDING"]""")) Assert.True(post.IsSuccessStatusCode);
        var storing = PutAsync(other);
        await Task.Delay(Pause);
        var deleting = killed.Http.DeleteAsync("/blobs/alice/id");
        var status = await storing;
        await Eventually.HoldsAsync(
            () => status == 200 || !File.Exists(Path.Combine(leaf, "id")), () => "nothing is deleted", TimeSpan.FromSeconds(20));
        await KillAsync(killed);
        await Assert.ThrowsAsync<HttpRequestException>(() => deleting);
        if (status != 200) Assert.Equal(200, await PutAsync(other));
        Assert.Equal("[]", await other.Http.GetStringAsync("/blobs/alice/id?only_flags=True"));
    }

    /// <summary>The server itself: strace, when it is killed, lets go of what it traces.</summary>
    private static async Task KillAsync(RunningServer server)
    {
        var (status, _, error) = await ChildProcess.RunAsync("kill", ["-KILL", $"{StracedServer.PidOf(server)}"]);
        Assert.True(status == 0, error);
        await server.Process.WaitForExitAsync();
    }

    private static async Task<int> PutAsync(RunningServer server)
    {
        using var answer = await server.PutAsync("/blobs/alice/id", [1, 2, 3]);
        return (int)answer.StatusCode;
    }
}
