using System.Net;

namespace BlobsServer.Tests.Transport;

/// <summary>Connections that only lie there, when descriptors run short.</summary>
public sealed class SilentConnectionTests
{
    private const int Descriptors = 200;
    private const int Silent = 300;

    [Fact]
    public async Task Silent_connections_make_room_for_who_asks()
    {
        await using var server = await StartAsync();
        var silent = new List<RawConnection>();
        try
        {
            for (var i = 0; i < Silent; i++) silent.Add(await RawConnection.OpenAsync(server.Port));
            for (var i = 0; i < 20; i++)
            {
                using var other = await RawConnection.OpenAsync(server.Port);
                await AskAsync(other);
            }

            // And there are descriptors left for files.
            for (var i = 0; i < 20; i++)
            {
                using var put = await server.PutAsync($"/blobs/alice/id-{i}", [1]);
                Assert.Equal(HttpStatusCode.OK, put.StatusCode);
            }
        }
        finally
        {
            foreach (var connection in silent) connection.Dispose();
        }
    }

    /// <summary>Bytes that never become a request don't make a connection younger.</summary>
    [Fact]
    public async Task Who_has_been_silent_longest_goes_first_and_who_is_asking_stays()
    {
        await using var server = await StartAsync();
        using var upload = await RawConnection.OpenAsync(server.Port);
        await upload.SendAsync("PUT /blobs/alice/id HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n12345");
        using var oldest = await RawConnection.OpenAsync(server.Port);
        await oldest.SendAsync("GET / HT");
        var silent = new List<RawConnection>();
        try
        {
            // Below what descriptors allow, so that all of these are open; each has been served.
            for (var i = 0; i < 40; i++)
            {
                silent.Add(await RawConnection.OpenAsync(server.Port));
                await AskAsync(silent[i]);
            }

            for (var i = 0; i < Silent - 40; i++) silent.Add(await RawConnection.OpenAsync(server.Port));
            Assert.Null(await oldest.ReadStatusAsync());
            Assert.Null(await silent[0].ReadStatusAsync());
            await AskAsync(silent[^1]);
            await upload.SendAsync(new byte[95]);
            Assert.Equal(200, await upload.ReadStatusAsync());
        }
        finally
        {
            foreach (var connection in silent) connection.Dispose();
        }
    }

    /// <summary>Nobody can be closed, so who is next waits until somebody is done.</summary>
    [Fact]
    public async Task When_all_are_at_work_others_wait_for_the_first_that_is_done()
    {
        await using var server = await StartAsync();
        var uploads = new List<RawConnection>();
        try
        {
            for (var i = 0; i < Silent; i++)
            {
                uploads.Add(await RawConnection.OpenAsync(server.Port));
                await uploads[i].SendAsync($"PUT /blobs/alice/id-{i} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n1");
            }

            foreach (var upload in uploads)
            {
                await upload.SendAsync("2");
                Assert.Contains(await upload.ReadStatusAsync(), new int?[] { 200, 503 });
            }
        }
        finally
        {
            foreach (var connection in uploads) connection.Dispose();
        }
    }

    private static Task<RunningServer> StartAsync() =>
        RunningServer.StartAsync(
            null, ["--durability", "none"], ["prlimit", $"--nofile={Descriptors}:{Descriptors}"]);

    private static async Task AskAsync(RawConnection connection)
    {
        await connection.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(200, await connection.ReadStatusAsync());
    }
}
