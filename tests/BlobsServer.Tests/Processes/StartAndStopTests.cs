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

    [Theory]
    [InlineData("Required argument 'PORT' missing for command: 'BlobsServer'.", "dir")]
    [InlineData("DIR is empty: give a path.", "", "1")]
    [InlineData("PORT is 'http': give a number from 1 to 65535.", "dir", "http")]
    [InlineData("PORT is '0': give a number from 1 to 65535.", "dir", "0")]
    [InlineData("PORT is '70000': give a number from 1 to 65535.", "dir", "70000")]
    [InlineData("--durability is 'sometimes': give one of always, none.", "dir", "1", "--durability", "sometimes")]
    [InlineData("--durability is '1': give one of always, none.", "dir", "1", "--durability", "1")]
    [InlineData("--log is '2': give one of none, text, json.", "dir", "1", "--log", "2")]
    [InlineData("--max-blob-mib is '0': give a number from 1 to 1048576.", "dir", "1", "--max-blob-mib", "0")]
    [InlineData("--quota-kib is '-1': give a number from 1 to 1125899906842624.", "dir", "1", "--quota-kib", "-1")]
    [InlineData("--quota-kib is '1e3': give a number from 1 to 1125899906842624.", "dir", "1", "--quota-kib", "1e3")]
    [InlineData("--disk-threads is '9999999999': give a number from 1 to 1024.", "dir", "1", "--disk-threads", "9999999999")]
    [InlineData("--host is 'nowhere': give an IP address, for instance 127.0.0.1 or 0.0.0.0.", "dir", "1", "--host", "nowhere")]
    [InlineData("--unix is empty: give a path.", "dir", "1", "--unix", "")]
    [InlineData("--tokens is empty: give a path.", "dir", "1", "--tokens", "")]
    public async Task Bad_usage_is_one_line_and_status_2(string wanted, params string[] arguments)
    {
        var (status, _, error) = await RunAsync(arguments);
        Assert.Equal($"BlobsServer: {wanted}\nBlobsServer: see BlobsServer --help\n", error);
        Assert.Equal(2, status);
    }

    [Fact]
    public async Task Root_and_health_answer_200_and_unknown_paths_404()
    {
        await using var server = await RunningServer.StartAsync();
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
