using System.Net;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Stores;

/// <summary>Large bodies pass through a server to its store, and not through its memory.</summary>
public sealed class LargeUploadTests
{
    private const int Clients = 8;
    private const long MaxGrowthKiB = 192 * 1024;
    private const long BytesPerMiB = 1024 * 1024;

    [Theory]
    [Trait("Category", "Soak")]
    [Trait("Engine", TestStore.RadosGateway)]
    [InlineData(TestStore.RadosGateway)]
    public async Task Memory_does_not_grow_with_what_eight_clients_put(string name)
    {
        var sizeBytes = SoakSize.Of(normal: 24, soak: 1024) * BytesPerMiB;
        await using var server = await RunningServer.StartAsync("--store", await TestStore.MakeAsync(name));
        using var http = new HttpClient { BaseAddress = server.Http.BaseAddress, Timeout = TimeSpan.FromMinutes(20) };
        (await server.PutAsync("/blobs/alice/first", new byte[2 * BytesPerMiB])).Dispose();
        var (before, most) = (server.ResidentKiB(), 0L);
        var uploads = Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            using var put = await http.PutAsync($"/blobs/alice/large-{client}", new ZeroContent(sizeBytes));
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        }));
        while (!uploads.IsCompleted)
        {
            most = Math.Max(most, server.ResidentKiB());
            await Task.WhenAny(uploads, Task.Delay(20));
        }

        await uploads;
        Assert.InRange(most - before, long.MinValue, MaxGrowthKiB);
        using var head = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/blobs/alice/large-0"));
        Assert.Equal(sizeBytes, head.Content.Headers.ContentLength);
        Assert.Empty(server.Files());
        SoakSize.Report($"{name}: {Clients} clients put {sizeBytes / BytesPerMiB} MiB each: memory grew by {(most - before) / 1024} MiB at most");
    }
}
