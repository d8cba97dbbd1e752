using System.Net;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Processes;

/// <summary>Flags set by many at the same moment, through several processes.</summary>
public sealed class FlagRaceTests
{
    private static readonly string[] Choices =
    [
        """[]""", """["PENDING"]""", """["PROCESSED","FAILED"]""", """["PENDING","PROCESSING","PROCESSED","FAILED"]""",
        "[" + string.Join(',', Enumerable.Repeat("\"FAILED\"", 1000)) + "]",
    ];

    [Theory]
    [InlineData("none")]
    [InlineData("always")]
    public async Task Concurrent_posts_leave_one_whole_value_and_readers_see_none_but_whole_ones(string durability)
    {
        const int Writers = 8;
        const int Posts = 25;
        using var directory = new TempDirectory();
        await using var servers = await ServerFleet.StartAsync(directory["blobs"], 4, "--durability", durability);
        (await servers[0].PutAsync("/blobs/alice/id", [1])).Dispose();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var number = 0; number < Posts; number++)
            {
                using var answer = await servers[writer].PostAsync(
                    "/blobs/alice/id", Choices[(writer + number) % Choices.Length]);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }));
        var reads = 0;
        do Assert.Contains(await servers[reads++].Http.GetStringAsync("/blobs/alice/id?only_flags=True"), Choices);
        while (!writing.IsCompleted);
        await writing;

        var last = await servers[0].Http.GetStringAsync("/blobs/alice/id?only_flags=True");
        for (var server = 1; server < servers.Count; server++)
        {
            Assert.Equal(last, await servers[server].Http.GetStringAsync("/blobs/alice/id?only_flags=True"));
        }

        servers[0].AssertFiles("alice/default/i/id/id/id", "alice/default/i/id/id/id.flags");
    }
}
