using Blobs.TestSupport;

namespace BlobsServer.Tests.Transport;

/// <summary>Stream requests of very many tiny blobs take seconds, in which all others are answered as ever.</summary>
public sealed class LongStreamTests
{
    private const int Uploaded = 100_000;
    private const int Downloaded = 1_000_000; // as many as fit into what JSON may have
    private const int Together = 4;
    private const string InMemory = "/dev/shm";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>
    /// In memory, where the event loop itself stores: a disk that has to be waited for is for other threads anyway. Blobs
    /// are stored in their order, so the middle one says how far the upload is.
    /// </summary>
    [Fact]
    public async Task An_upload_of_very_many_blobs_holds_up_nobody()
    {
        Assert.SkipUnless(Directory.Exists(InMemory), "there is no directory in memory");
        var directory = Directory.CreateDirectory(Path.Combine(InMemory, $"blobs-test-{Guid.NewGuid():N}")).FullName;
        try
        {
            await using var server = await RunningServer.StartAsync(directory, ["--durability", "none"]);
            using var bystanders = await Bystanders.ConnectAsync(server);
            var pairs = string.Join(',', Enumerable.Range(0, Uploaded).Select(number => $"[\"x{number}\",0]"));
            using var upload = await RequestAsync(server, "/stream/alice?direction=upload", $"[{pairs}]\n");
            await StoredAsync(0);
            await bystanders.AssertAnsweredBeforeAsync(StoredAsync(Uploaded / 2));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        Task StoredAsync(int number)
        {
            var id = $"x{number}";
            var path = Path.Combine(directory, "alice/default/x", id[..Math.Min(3, id.Length)], id[..Math.Min(6, id.Length)], id);
            return Eventually.HoldsAsync(() => File.Exists(path), () => $"{path} is not there", Patience);
        }
    }

    [Fact]
    public async Task A_download_of_very_many_blobs_holds_up_nobody()
    {
        await using var server = await RunningServer.StartAsync("--durability", "none");
        (await server.PutAsync("/blobs/alice/a", [])).Dispose();
        using var bystanders = await Bystanders.ConnectAsync(server);
        var downloads = new List<RawConnection>();
        try
        {
            var ids = string.Join(',', Enumerable.Repeat("\"a\"", Downloaded));
            while (downloads.Count < Together)
            {
                downloads.Add(await RequestAsync(server, "/stream/alice?direction=download", $"[{ids}]"));
            }

            await bystanders.AssertAnsweredBeforeAsync(
                Task.WhenAny(downloads.Select(download => download.ReadStatusAsync(Patience)).ToArray()));
        }
        finally
        {
            foreach (var download in downloads) download.Dispose();
        }
    }

    /// <summary>On a connection that has been served before, so that it is its loop's.</summary>
    private static async Task<RawConnection> RequestAsync(RunningServer server, string target, string body)
    {
        var connection = await RawConnection.OpenAsync(server.Port);
        await connection.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(200, await connection.ReadStatusAsync());
        await connection.SendAsync($"POST {target} HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        return connection;
    }
}
