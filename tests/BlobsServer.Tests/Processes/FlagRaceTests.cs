using System.Net;

namespace BlobsServer.Tests.Processes;

/// <summary>Flags set by many at the same moment, through several processes.</summary>
public sealed class FlagRaceTests
{
    private static readonly string[] Choices =
    [
        """[]""", """["PENDING"]""", """["PROCESSED","FAILED"]""", """["PENDING","PROCESSING","PROCESSED","FAILED"]""",
        "[" + string.Join(',', Enumerable.Repeat("\"FAILED\"", 1000)) + "]",
    ];

    public static TheoryData<string> Durabilities => [.. TestStore.Durabilities];

    [Theory]
    [MemberData(nameof(Durabilities))]
    public async Task Concurrent_posts_leave_one_whole_value_and_readers_see_none_but_whole_ones(string durability)
    {
        const int Writers = 8;
        const int Posts = 10;
        await using var servers = await ServerFleet.SharedAsync(4, "--durability", durability);
        var path = $"/blobs/{servers.User}/id";
        (await servers[0].PutAsync(path, [1])).Dispose();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var number = 0; number < Posts; number++)
            {
                using var answer = await servers[writer].PostAsync(path, Choices[(writer + number) % Choices.Length]);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }));
        var reads = 0;
        do Assert.Contains(await servers[reads++].Http.GetStringAsync($"{path}?only_flags=True"), Choices);
        while (!writing.IsCompleted);
        await writing;

        var last = await servers[0].Http.GetStringAsync($"{path}?only_flags=True");
        for (var server = 1; server < servers.Count; server++)
        {
            Assert.Equal(last, await servers[server].Http.GetStringAsync($"{path}?only_flags=True"));
        }

        servers[0].AssertFiles($"{servers.User}/default/i/id/id/id", $"{servers.User}/default/i/id/id/id.flags");
    }
}
