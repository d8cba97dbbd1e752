using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Stores;

/// <summary>A PUT is done, and the store's answer does not get through: whose what is stored is must still be told.</summary>
public sealed class LostAnswerTests
{
    // In memory, with others and alone, and through a file.
    private static readonly int[] Sizes = [1_000, 100_000, 2_000_000];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    [Trait("Store", "any")]
    public Task A_put_that_PostgreSQL_did_is_200_though_its_answer_is_lost() => StoresAsync(TestStore.PostgreSql);

    [Fact]
    [Trait("Engine", TestStore.RadosGateway)]
    public Task A_put_that_S3_did_is_200_though_its_answer_is_lost() => StoresAsync(TestStore.RadosGateway);

    [Fact]
    [Trait("Store", "any")]
    public Task A_put_of_which_PostgreSQL_says_nothing_more_is_503_and_found_by_the_next() => FindsAsync(TestStore.PostgreSql);

    [Fact]
    [Trait("Engine", TestStore.RadosGateway)]
    public Task A_put_of_which_S3_says_nothing_more_is_503_and_found_by_the_next() => FindsAsync(TestStore.RadosGateway);

    /// <summary>The server asks for all of the page again; what it has of it is not listed twice.</summary>
    [Fact]
    [Trait("Store", "any")]
    public async Task A_list_of_which_half_comes_from_PostgreSQL_is_read_anew()
    {
        var (server, way) = await StartAsync(TestStore.PostgreSql);
        using (way)
        await using (server)
        {
            var ids = Enumerable.Range(0, 200).Select(number => $"id-{number:000}").ToArray();
            var pairs = string.Join(',', ids.Select(id => $"[\"{id}\",0]"));
            using (var upload = await server.PostAsync("/stream/marked-user?direction=upload", $"[{pairs}]\n"))
            {
                Assert.Equal(HttpStatusCode.OK, upload.StatusCode);
            }

            way.LoseAnswerTo("marked-user"u8.ToArray());
            Assert.Equal(JsonSerializer.Serialize(ids), await server.Http.GetStringAsync("/blobs/marked-user"));
            Assert.Equal(1, way.Lost);
        }
    }

    /// <summary>One that turns out to be dead says what the others are: the second try gets a new one.</summary>
    [Fact]
    [Trait("Store", "any")]
    public async Task Connections_to_PostgreSQL_that_broke_while_nobody_used_them_fail_no_request()
    {
        var (server, way) = await StartAsync(TestStore.PostgreSql);
        using (way)
        await using (server)
        {
            (await server.PutAsync("/blobs/alice/id", [1])).Dispose();
            await Eventually.HoldsAsync(
                async () =>
                {
                    await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => server.Http.GetByteArrayAsync("/blobs/alice/id")));
                    return way.Open >= 3;
                },
                () => $"{way.Open} connections", Patience);
            way.BreakAll();
            await Eventually.HoldsAsync(() => way.Open == 0, () => $"{way.Open} connections", Patience);
            Assert.Equal([1], await server.Http.GetByteArrayAsync("/blobs/alice/id"));
        }
    }

    /// <summary>The server asks again, finds the name taken, and that it is its own blob that has it.</summary>
    private static async Task StoresAsync(string name)
    {
        var (server, way) = await StartAsync(name);
        using (way)
        await using (server)
        {
            foreach (var size in Sizes)
            {
                var body = RandomNumberGenerator.GetBytes(size);
                way.LoseAnswerTo(body[^16..]);
                var before = way.Lost;
                using var put = await server.PutAsync($"/blobs/alice/id-{size}", body);
                Assert.Equal((before + 1, HttpStatusCode.OK), (way.Lost, put.StatusCode));
                using var get = await server.Http.GetAsync($"/blobs/alice/id-{size}");
                Assert.Equal(put.Headers.ETag, get.Headers.ETag);
                Assert.Equal(body, await get.Content.ReadAsByteArrayAsync());
                // Another's is another's, though it has the same bytes.
                using var second = await server.PutAsync($"/blobs/alice/id-{size}", body);
                Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
            }
        }
    }

    /// <summary>The server can't ask again, so its client does: by tag and length he knows his own blob.</summary>
    private static async Task FindsAsync(string name)
    {
        var (server, way) = await StartAsync(name);
        using (way)
        await using (server)
        {
            var body = RandomNumberGenerator.GetBytes(1_000);
            way.LoseAnswerTo(body[^16..], refuseThen: true);
            using (var put = await server.PutAsync("/blobs/alice/id", body))
            {
                Assert.Equal((1, HttpStatusCode.ServiceUnavailable), (way.Lost, put.StatusCode));
                Assert.Contains("is not known", await put.Content.ReadAsStringAsync(), StringComparison.Ordinal);
                Assert.NotNull(put.Headers.RetryAfter);
            }

            // Of this one it is: no connection was made.
            using (var other = await server.PutAsync("/blobs/alice/other", body))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, other.StatusCode);
                Assert.Contains("nothing was changed", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }

            way.AcceptAgain();
            HttpResponseMessage? again = null;
            await Eventually.HoldsAsync(
                async () => (again = await server.PutAsync("/blobs/alice/id", body)).StatusCode
                    != HttpStatusCode.ServiceUnavailable,
                () => "the store is not found again", Patience);
            Assert.Equal(HttpStatusCode.Conflict, again!.StatusCode);
            using var problem = JsonDocument.Parse(await again.Content.ReadAsStringAsync());
            Assert.Equal(body.Length, problem.RootElement.GetProperty("contentLength").GetInt32());
            var tag = Convert.ToBase64String(body[^16..]).Replace('+', '-').Replace('/', '_');
            Assert.Equal(tag, problem.RootElement.GetProperty("tag").GetString());
        }
    }

    private static async Task<(RunningServer Server, LossyWay Way)> StartAsync(string name)
    {
        var url = await TestStore.MakeAsync(name);
        var port = (await TestStore.SharedAsync(name)).Port;
        var way = new LossyWay(port);
        url = url.Replace($":{port}", $":{way.Port}", StringComparison.Ordinal);
        return (await RunningServer.StartAsync("--store", url), way);
    }
}
