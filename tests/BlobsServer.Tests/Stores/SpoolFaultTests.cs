using System.Net;
using Blobs.TestSupport;
using BlobsServer.Tests.Faults;

namespace BlobsServer.Tests.Stores;

/// <summary>DIR in front of a store, where large bodies wait, when it takes nothing. Small ones never come there.</summary>
[Trait("Store", "any")]
public sealed class SpoolFaultTests
{
    private const int Small = 10;
    private const int Large = 2 * 1024 * 1024;

    [Fact]
    public async Task A_directory_that_takes_nothing_refuses_what_is_large_until_it_does_again()
    {
        using var directory = new TempDirectory();
        var url = await TestStore.MakeAsync(TestStore.PostgreSql);
        await using var server = await MountedServer.StartAsync(directory["blobs"], sizeKiB: 6 * 1024, ["--store", url]);
        Assert.Equal(HttpStatusCode.OK, await PutAsync(server, "before", Large));

        Assert.Equal(HttpStatusCode.InsufficientStorage, await PutAsync(server, "larger-than-all", 4 * Large));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(server, "small-beside-it", Small));

        await MountedServer.RemountAsync(server, "ro");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PutAsync(server, "read-only", Large));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(server, "small", Small));

        await MountedServer.RemountAsync(server, "rw");
        Assert.Equal(HttpStatusCode.OK, await PutAsync(server, "read-only", Large));
        using var refused = await server.Http.GetAsync("/blobs/alice/larger-than-all");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    private static async Task<HttpStatusCode> PutAsync(RunningServer server, string id, int sizeBytes)
    {
        using var answer = await server.PutAsync($"/blobs/alice/{id}", new byte[sizeBytes]);
        return answer.StatusCode;
    }
}
