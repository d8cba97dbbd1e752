using System.Net;
using System.Text;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Faults;

/// <summary>A blob that another process deletes while it is being read for the cache.</summary>
public sealed class CacheRaceTests
{
    private static readonly TimeSpan BeforeStatus = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The status of the open file comes late, and tells of the file after the deletion: it must not be taken for that of the
    /// blob.
    /// </summary>
    [Fact]
    public async Task Get_DeletedBetweenOpeningAndAsking_IsNotKept()
    {
        using var directory = new TempDirectory();
        string[] options = ["--durability", "none"];
        await using var slow = await StracedServer.StartAsync(directory["blobs"], ["statx:delay_enter=400000"], options);
        await using var other = await RunningServer.StartAsync(directory["blobs"], options);
        const string Path = "/blobs/u/one";
        using var put = await other.PutAsync(Path, Encoding.ASCII.GetBytes("first"));
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        // What is asked for once is not worth keeping.
        using var once = await slow.Http.GetAsync(Path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, once.StatusCode);

        var reading = slow.Http.GetAsync(Path, TestContext.Current.CancellationToken);
        await Task.Delay(BeforeStatus, TestContext.Current.CancellationToken);
        using var delete = await other.Http.DeleteAsync(Path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, delete.StatusCode);
        using var overlapping = await reading;
        using var afterwards = await slow.Http.GetAsync(Path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, afterwards.StatusCode);
    }
}
