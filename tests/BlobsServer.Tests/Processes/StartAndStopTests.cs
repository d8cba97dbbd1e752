using System.Net;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Processes;

/// <summary>How the program starts, refuses to, and ends.</summary>
[Trait("Store", "any")]
public sealed class StartAndStopTests
{
    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    public async Task A_signal_ends_it_with_the_shells_status(string signal, int status)
    {
        await using var server = await RunningServer.StartAsync();
        server.Process.Signal(signal);
        Assert.Equal(status, await server.Process.WaitForExitAsync());
    }

    [Fact]
    public async Task A_signal_lets_an_upload_finish()
    {
        await using var server = await RunningServer.StartAsync();
        using var upload = await RawConnection.OpenAsync(server.Port);
        await upload.SendAsync("PUT /blobs/alice/id HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
        await upload.SendAsync(new byte[100_000]);
        server.Process.Signal("TERM");
        await Eventually.HoldsAsync(() => server.RefusesConnections(), () => "still accepts", TimeSpan.FromSeconds(20));
        await upload.SendAsync(new byte[100_000]);
        Assert.Equal(200, await upload.ReadStatusAsync());
        Assert.Equal(143, await server.Process.WaitForExitAsync());
        await using var next = await RunningServer.StartAsync(server.DataDirectory, []);
        Assert.Equal(200_000, (await next.Http.GetByteArrayAsync("/blobs/alice/id")).Length);
    }

    [Fact]
    public async Task A_port_whose_connections_it_closed_is_free_again_at_once()
    {
        await using var first = await RunningServer.StartAsync();
        using var connection = await RawConnection.OpenAsync(first.Port);
        await connection.SendAsync("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        await connection.ReadHeadAsync();
        Assert.Equal(0, await connection.Socket.ReceiveAsync(new byte[1]));
        first.Process.Signal("TERM");
        await first.Process.WaitForExitAsync();

        await using var second = ChildProcess.Start(Repository.Program("BlobsServer"), [first.DataDirectory, $"{first.Port}"]);
        await second.WaitForOutputAsync("^serving ");
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_status_1()
    {
        await using var server = await RunningServer.StartAsync();
        var (status, _, error) = await RunAsync(server.DataDirectory, $"{server.Port}");
        Assert.Equal(1, status);
        Assert.Equal(
            $"BlobsServer: port {server.Port} on 127.0.0.1 is in use; stop what listens there or choose another PORT\n", error);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_is_one_line_and_status_1()
    {
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory["file"], "");
        var (status, _, error) = await RunAsync(directory["file"], $"{FreePorts.Take()}");
        Assert.Equal(1, status);
        Assert.Equal(
            $"BlobsServer: cannot write to {directory["file"]}: it is a file; choose another DIR or change its owner\n", error);
    }

    /// <summary>Where the kernel says of making a directory that there is none.</summary>
    [Fact]
    public async Task A_directory_where_none_can_be_made_is_refused_in_one_line()
    {
        var (status, _, error) = await RunAsync("/proc/blobs", $"{FreePorts.Take()}");
        Assert.Equal(1, status);
        Assert.Equal(
            "BlobsServer: cannot write to /proc/blobs: it does not exist and no directory can be made there; "
            + "choose another DIR or change its owner\n", error);
    }

    /// <summary>What is bad usage: ServerCommandTests.</summary>
    [Fact]
    public async Task Bad_usage_is_one_line_and_status_2()
    {
        var (status, _, error) = await RunAsync("dir");
        Assert.Equal(
            "BlobsServer: Required argument 'PORT' missing for command: 'BlobsServer'.\nBlobsServer: see BlobsServer --help\n",
            error);
        Assert.Equal(2, status);
    }

    [Fact]
    public async Task Root_and_health_answer_200_and_unknown_paths_404()
    {
        await using var server = await RunningServer.SharedAsync();
        foreach (var path in new[] { "/", "/health/live", "/health/ready" })
        {
            using var answer = await server.Http.GetAsync(path);
            Assert.Equal((HttpStatusCode.OK, 0L), (answer.StatusCode, answer.Content.Headers.ContentLength));
        }

        foreach (var path in new[] { "/blobs", "/blobs/alice/id/more", "/nothing" })
        {
            using var answer = await server.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var patch = await server.Http.PatchAsync("/blobs/alice/id", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, patch.StatusCode);
    }

    private static Task<(int Status, string Output, string Error)> RunAsync(params string[] arguments) =>
        ChildProcess.RunAsync(Repository.Program("BlobsServer"), arguments);
}
