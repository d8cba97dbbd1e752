using System.Net;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Processes;

/// <summary>What is read again and again comes from memory, and is still what lies on the disk.</summary>
public sealed class RepeatedReadTests
{
    [Fact]
    public async Task A_blob_that_another_process_deletes_is_gone_at_once_and_its_successor_is_there()
    {
        await using var servers = await ServerFleet.SharedAsync(4, "--durability", "none");
        var (reading, writing, path) = (servers[0], servers[1], $"/blobs/{servers.User}/id");
        for (byte round = 0; round < 10; round++)
        {
            (await writing.PutAsync(path, [round])).Dispose();
            for (var read = 0; read < 4; read++) Assert.Equal([round], await reading.Http.GetByteArrayAsync(path));
            (await writing.Http.DeleteAsync(path)).Dispose();
            using var gone = await reading.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }
    }

    /// <summary>Backups may be hard links: then the file lives on when its blob is deleted.</summary>
    [Trait("Store", "disk")]
    [Fact]
    public async Task A_deleted_blob_with_a_second_name_is_gone_too()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        (await server.PutAsync($"/blobs/{server.User}/id", [1])).Dispose();
        for (var read = 0; read < 4; read++) Assert.Equal([1], await server.Http.GetByteArrayAsync($"/blobs/{server.User}/id"));
        var users = Path.Combine(server.DataDirectory, server.User);
        var blob = Path.Combine(users, "default/i/id/id/id");
        var (status, _, error) = await ChildProcess.RunAsync("ln", [blob, Path.Combine(users, "backup")]);
        Assert.True(status == 0, error);
        File.Delete(blob);
        using var gone = await server.Http.GetAsync($"/blobs/{server.User}/id");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Trait("Store", "disk")]
    [Fact]
    public async Task However_many_are_read_descriptors_are_bounded()
    {
        await using var server = await RunningServer.StartAsync("--durability", "none");
        var before = Descriptors(server);
        for (var number = 0; number < 700; number++)
        {
            (await server.PutAsync($"/blobs/{server.User}/id-{number}", [1])).Dispose();
            for (var read = 0; read < 3; read++) _ = await server.Http.GetByteArrayAsync($"/blobs/{server.User}/id-{number}");
        }

        Assert.InRange(Descriptors(server), before + 100, before + 540); // 512, and a few of the runtime's own
    }

    private static int Descriptors(RunningServer server) =>
        Directory.EnumerateFileSystemEntries($"/proc/{server.Process.Pid}/fd").Count();
}
