using System.Net;
using System.Security.Cryptography;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Processes;

/// <summary>Bodies that end early, come in chunks or are too large.</summary>
public sealed class UploadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_short_body_leaves_no_blob_and_no_temporary_file()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var (announced, sent) in new[] { (100, 50), (1024 * 1024, 300_000) })
        {
            using (var connection = await RawConnection.OpenAsync(server.Port))
            {
                await connection.SendAsync($"PUT /blobs/alice/short HTTP/1.1\r\nHost: x\r\nContent-Length: {announced}\r\n\r\n");
                await connection.SendAsync(new byte[sent]);
                connection.FinishSending();
                Assert.NotEqual(200, await connection.ReadStatusAsync());
            }

            Assert.Empty(server.Files());
            using var get = await server.Http.GetAsync("/blobs/alice/short");
            Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
            await Eventually.HoldsAsync(
                () => !OpenFilesBelow(server).Any(), () => string.Join('\n', OpenFilesBelow(server)), Patience);
        }
    }

    [Fact]
    public async Task A_retry_succeeds_while_the_first_try_still_hangs()
    {
        await using var server = await RunningServer.SharedAsync();
        using var hanging = await RawConnection.OpenAsync(server.Port);
        await hanging.SendAsync($"PUT /blobs/{server.User}/id HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
        await hanging.SendAsync(new byte[100_000]);
        using var retry = await server.PutAsync($"/blobs/{server.User}/id", [1, 2, 3]);
        Assert.Equal(HttpStatusCode.OK, retry.StatusCode);
        await hanging.SendAsync(new byte[100_000]);
        Assert.Equal(409, await hanging.ReadStatusAsync());
        Assert.Equal([1, 2, 3], await server.Http.GetByteArrayAsync($"/blobs/{server.User}/id"));
    }

    [Fact]
    public async Task Chunked_bodies_are_stored_and_broken_ones_are_not()
    {
        await using var server = await RunningServer.SharedAsync();
        Assert.Equal(200, await Send("whole", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"));
        Assert.Equal("abcde", await server.Http.GetStringAsync($"/blobs/{server.User}/whole"));
        Assert.Equal(400, await Send("bad", "3\r\nabc\r\nnonsense\r\n"));
        Assert.NotEqual(200, await Send("cut", "3\r\nabc\r\n", finish: true));
        Assert.Equal("""["whole"]""", await server.Http.GetStringAsync($"/blobs/{server.User}"));

        async Task<int?> Send(string id, string body, bool finish = false)
        {
            using var connection = await RawConnection.OpenAsync(server.Port);
            await connection.SendAsync(
                $"PUT /blobs/{server.User}/{id} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{body}");
            if (finish) connection.FinishSending();
            return await connection.ReadStatusAsync();
        }
    }

    [Fact]
    public async Task Too_large_is_413_announced_or_chunked()
    {
        await using var server = await RunningServer.SharedAsync("--max-blob-mib", "1");
        var body = RandomNumberGenerator.GetBytes((1024 * 1024) + 1);
        using var announced = await server.PutAsync($"/blobs/{server.User}/id", body);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, announced.StatusCode);
        using var request =
            new HttpRequestMessage(HttpMethod.Put, $"/blobs/{server.User}/id") { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = true;
        using var chunked = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
        Assert.Empty(server.Files());
        using var just = await server.PutAsync($"/blobs/{server.User}/id", body[1..]);
        Assert.Equal(HttpStatusCode.OK, just.StatusCode);
    }

    private static IEnumerable<string> OpenFilesBelow(RunningServer server) =>
        Directory.EnumerateFileSystemEntries($"/proc/{server.Process.Pid}/fd")
            .Select(link => new FileInfo(link).LinkTarget ?? "")
            .Where(target => target.StartsWith(server.DataDirectory + "/", StringComparison.Ordinal));
}
