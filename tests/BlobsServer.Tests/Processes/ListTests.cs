using System.Net;
using System.Text.Json;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Processes;

/// <summary>GET /blobs/{user} and what can be asked of it.</summary>
public sealed class ListTests
{
    private static readonly string[] Hyphenated =
    [
        "a", "a-b", "a_b", "ab", "a-", "aa-b", "aaa-bcd", "aaa", "abcdef-1", "abcdef", "abcdef0", "Z",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Pages_hold_every_id_once_and_in_ordinal_order(int limit)
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        foreach (var id in Hyphenated) (await server.PutAsync($"/blobs/{server.User}/{id}", [1])).Dispose();
        var seen = new List<string>();
        while (true)
        {
            var page = await ListAsync(server, $"?limit={limit}&after={seen.LastOrDefault()}");
            Assert.True(page.Length <= limit);
            if (page.Length == 0) break;
            seen.AddRange(page);
        }

        Assert.Equal(Hyphenated.Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task After_an_id_that_is_gone_the_list_goes_on_behind_it()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        foreach (var id in new[] { "b1", "b2", "d1" }) (await server.PutAsync($"/blobs/{server.User}/{id}", [1])).Dispose();
        Assert.Equal(["b2", "d1"], await ListAsync(server, "?after=b1zzz"));
        Assert.Equal(["d1"], await ListAsync(server, "?after=c"));
        Assert.Empty(await ListAsync(server, "?after=e"));
    }

    [Trait("Store", "disk")]
    [Fact]
    public async Task Order_by_date_follows_the_last_write()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        string[] byAge = ["zz", "mm", "aa"];
        foreach (var id in byAge)
        {
            (await server.PutAsync($"/blobs/{server.User}/{id}", [1])).Dispose();
            File.SetLastWriteTimeUtc(
                Path.Combine(server.DataDirectory, $"{server.User}/default/{id[0]}/{id}/{id}/{id}"),
                DateTime.UnixEpoch.AddDays(Array.IndexOf(byAge, id)));
        }

        foreach (var order in new[] { "date", "+date", "%2Bdate" })
        {
            Assert.Equal(byAge, await ListAsync(server, $"?order_by={order}"));
        }
        Assert.Equal(byAge.Reverse(), await ListAsync(server, "?order_by=-date"));
        Assert.Equal(["zz", "mm"], await ListAsync(server, "?order_by=date&limit=2"));
    }

    [Fact]
    public async Task Flags_deleted_and_count_choose_what_they_say()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        foreach (var id in new[] { "one", "two", "three", "x-1", "x" })
        {
            (await server.PutAsync($"/blobs/{server.User}/{id}", [1])).Dispose();
        }
        (await server.PostAsync($"/blobs/{server.User}/one", """["PENDING"]""")).Dispose();
        (await server.PostAsync($"/blobs/{server.User}/two", """["PENDING","FAILED"]""")).Dispose();
        foreach (var id in new[] { "x-1", "x", "three" }) (await server.Http.DeleteAsync($"/blobs/{server.User}/{id}")).Dispose();
        (await server.PutAsync($"/blobs/{server.User}/three", [2])).Dispose();

        Assert.Equal(["one", "three", "two"], await ListAsync(server, ""));
        Assert.Equal(["one", "two"], await ListAsync(server, "?filter_flag=PENDING"));
        Assert.Equal(["two"], await ListAsync(server, "?filter_flag=FAILED&namespace="));
        Assert.Empty(await ListAsync(server, "?filter_flag=PROCESSED"));
        Assert.Equal(["x", "x-1"], await ListAsync(server, "?deleted=True"));
        Assert.Equal(["x-1"], await ListAsync(server, "?deleted=True&after=x"));
        Assert.Equal("""{"count":3}""", await server.Http.GetStringAsync($"/blobs/{server.User}?only_count=True"));
        Assert.Equal("""{"count":3}""", await server.Http.GetStringAsync($"/blobs/{server.User}?only_count=True&limit=1"));
        Assert.Equal("""{"count":1}""", await server.Http.GetStringAsync($"/blobs/{server.User}?only_count=True&filter_flag=FAILED"));
        Assert.Equal("""{"count":0}""", await server.Http.GetStringAsync("/blobs/nobody?only_count=True"));
    }

    [Trait("Store", "any")]
    [Theory]
    [InlineData("order_by=size", "order_by")]
    [InlineData("filter_flag=LOST", "filter_flag")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("limit=99999999999", "limit")]
    [InlineData("after=a%2Fb", "after")]
    [InlineData("after=a&order_by=date", "after")]
    [InlineData("namespace=a.b", "namespace")]
    public async Task A_wrong_parameter_is_400_and_named(string query, string part)
    {
        await using var server = await RunningServer.SharedAsync();
        using var answer = await server.Http.GetAsync($"/blobs/{server.User}?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(part, problem.RootElement.GetProperty("part").GetString());
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task A_long_list_is_valid_while_blobs_come_and_go()
    {
        var blobs = SoakSize.Of(normal: 1_200, soak: 100_000);
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        string[] lasting = [.. Enumerable.Range(0, blobs).Select(i => $"{i * 2654435761L % 4294967296L:x8}-{i}")];
        await Parallel.ForEachAsync(lasting, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (id, _) =>
            (await server.PutAsync($"/blobs/{server.User}/{id}", [1])).Dispose());

        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                (await server.PutAsync($"/blobs/{server.User}/passing-{i}", [1])).Dispose();
                (await server.Http.DeleteAsync($"/blobs/{server.User}/passing-{i}")).Dispose();
            }
        });
        for (var round = 0; round < 5; round++)
        {
            var ids = await ListAsync(server, "");
            Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
            Assert.Equal(ids.Length, ids.Distinct().Count());
            Assert.Equal(
                lasting.Order(StringComparer.Ordinal), ids.Where(id => !id.StartsWith("passing", StringComparison.Ordinal)));
        }

        await stop.CancelAsync();
        await writing;
        SoakSize.Report($"5 lists of {blobs} ids while others came and went: in order, none twice, none missing");
    }

    private static async Task<string[]> ListAsync(RunningServer server, string query) =>
        JsonSerializer.Deserialize<string[]>(await server.Http.GetStringAsync($"/blobs/{server.User}{query}"))!;
}
