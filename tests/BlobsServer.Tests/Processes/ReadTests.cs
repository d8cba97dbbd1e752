using System.Net;
using System.Security.Cryptography;

namespace BlobsServer.Tests.Processes;

/// <summary>Ranges and conditions over HTTP, of small blobs (answered at once) and large ones (streamed).</summary>
public sealed class ReadTests
{
    public static TheoryData<string, int, int> Ranges { get; } = new()
    {
        { "bytes=0-0", 0, 1 },
        { "bytes=10-19", 10, 10 },
        { "bytes=10-", 10, -10 },
        { "bytes=-7", -7, 7 },
        { "bytes=5-99999999999999999999", 5, -5 },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public async Task One_range_is_206_with_exactly_those_bytes(string range, int start, int length)
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        foreach (var size in new[] { 100, 300_000 })
        {
            var body = RandomNumberGenerator.GetBytes(size);
            (await server.PutAsync($"/blobs/{server.User}/s{size}", body)).Dispose();
            var (from, count) = (start < 0 ? size + start : start, length < 0 ? size + length : length);

            using var answer = await GetAsync(server, $"s{size}", ("Range", range));
            Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
            Assert.Equal($"bytes {from}-{from + count - 1}/{size}", answer.Content.Headers.GetValues("Content-Range").Single());
            Assert.Equal(body[from..(from + count)], await answer.Content.ReadAsByteArrayAsync());
        }
    }

    [Theory]
    [InlineData("bytes")]
    [InlineData("bytes=")]
    [InlineData("bytes=1")]
    [InlineData("bytes=x-100")]
    [InlineData("potatoes=10-100")]
    [InlineData("bytes=100-")]
    public async Task What_cannot_be_had_is_416_with_the_size(string range)
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        (await server.PutAsync($"/blobs/{server.User}/id", new byte[100])).Dispose();
        using var answer = await GetAsync(server, "id", ("Range", range));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal("bytes */100", answer.Content.Headers.GetValues("Content-Range").Single());
    }

    [Fact]
    public async Task Several_ranges_are_answered_in_full_and_ten_thousand_do_no_harm()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        var body = RandomNumberGenerator.GetBytes(100);
        (await server.PutAsync($"/blobs/{server.User}/id", body)).Dispose();
        using var two = await GetAsync(server, "id", ("Range", "bytes=0-0,2-2"));
        Assert.Equal(HttpStatusCode.OK, two.StatusCode);
        Assert.Equal(body, await two.Content.ReadAsByteArrayAsync());

        using var connection = await RawConnection.OpenAsync(server.Port);
        var many = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"{i}-{i}"));
        await connection.SendAsync($"GET /blobs/{server.User}/id HTTP/1.1\r\nHost: x\r\nRange: bytes={many}\r\n\r\n");
        Assert.Equal(431, await connection.ReadStatusAsync());
        Assert.Equal(body, await server.Http.GetByteArrayAsync($"/blobs/{server.User}/id"));
    }

    [Fact]
    public async Task Ranges_on_an_empty_blob_are_416_and_the_whole_is_200()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        (await server.PutAsync($"/blobs/{server.User}/id", [])).Dispose();
        foreach (var range in new[] { "bytes=0-0", "bytes=0-", "bytes=-1" })
        {
            using var answer = await GetAsync(server, "id", ("Range", range));
            Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        }

        using var whole = await GetAsync(server, "id");
        Assert.Equal((HttpStatusCode.OK, 0L), (whole.StatusCode, whole.Content.Headers.ContentLength));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300_000)]
    public async Task Conditions_are_evaluated(int size)
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        using var put = await server.PutAsync($"/blobs/{server.User}/id", new byte[size]);
        var eTag = put.Headers.ETag!.ToString();
        Assert.False(put.Headers.ETag.IsWeak);
        using var plain = await GetAsync(server, "id");
        var date = plain.Content.Headers.GetValues("Last-Modified").Single();

        Assert.Equal(304, await StatusAsync(server, ("If-None-Match", eTag)));
        Assert.Equal(304, await StatusAsync(server, ("If-None-Match", $"\"x\", W/{eTag}")));
        Assert.Equal(304, await StatusAsync(server, ("If-None-Match", "*")));
        Assert.Equal(200, await StatusAsync(server, ("If-None-Match", "\"x\"")));
        Assert.Equal(304, await StatusAsync(server, ("If-Modified-Since", date)));
        Assert.Equal(200, await StatusAsync(server, ("If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT")));
        Assert.Equal(206, await StatusAsync(server, ("Range", "bytes=0-1"), ("If-Range", eTag)));
        Assert.Equal(206, await StatusAsync(server, ("Range", "bytes=0-1"), ("If-Range", date)));
        Assert.Equal(200, await StatusAsync(server, ("Range", "bytes=0-1"), ("If-Range", "\"x\"")));

        using var notModified = await GetAsync(server, "id", ("If-None-Match", eTag));
        Assert.Equal(eTag, notModified.Headers.ETag!.ToString());
        Assert.Empty(await notModified.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_blob_stored_anew_has_another_etag_and_if_match_guards_it()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        using var first = await server.PutAsync($"/blobs/{server.User}/id", [1, 2, 3]);
        Assert.Equal(412, await DeleteAsync(server, "\"x\""));
        Assert.Equal(412, await DeleteAsync(server, $"W/{first.Headers.ETag}"));
        Assert.Equal(200, await DeleteAsync(server, first.Headers.ETag!.ToString()));
        Assert.Equal(404, await DeleteAsync(server, "*"));
        using var second = await server.PutAsync($"/blobs/{server.User}/id", [1, 2, 3, 4]);
        Assert.NotEqual(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(412, await DeleteAsync(server, first.Headers.ETag.ToString()));
        Assert.Equal(200, await DeleteAsync(server, "*"));
    }

    [Fact]
    public async Task A_get_of_another_blob_than_the_one_that_is_meant_is_412()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        using var put = await server.PutAsync($"/blobs/{server.User}/id", [1, 2, 3]);
        var eTag = put.Headers.ETag!.ToString();
        Assert.Equal(200, await StatusAsync(server, ("If-Match", eTag)));
        Assert.Equal(200, await StatusAsync(server, ("If-Match", $"\"x\", {eTag}")));
        Assert.Equal(206, await StatusAsync(server, ("If-Match", "*"), ("Range", "bytes=0-0")));
        Assert.Equal(412, await StatusAsync(server, ("If-Match", "\"x\"")));
        Assert.Equal(412, await StatusAsync(server, ("If-Match", $"W/{eTag}")));
        Assert.Equal(412, await StatusAsync(server, ("If-Match", "\"x\""), ("If-None-Match", eTag)));
        Assert.Equal(304, await StatusAsync(server, ("If-Match", eTag), ("If-None-Match", eTag)));
        Assert.Equal(412, await StatusAsync(server, ("If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT")));
        Assert.Equal(200, await StatusAsync(server, ("If-Unmodified-Since", "Fri, 01 Jan 2100 00:00:00 GMT")));
        Assert.Equal(404, (int)(await GetAsync(server, "missing", ("If-Match", "*"))).StatusCode);
    }

    [Fact]
    public async Task A_delete_during_a_slow_get_lets_it_finish()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        var body = RandomNumberGenerator.GetBytes(16 * 1024 * 1024);
        (await server.PutAsync($"/blobs/{server.User}/id", body)).Dispose();
        using var reading = await server.Http.GetAsync($"/blobs/{server.User}/id", HttpCompletionOption.ResponseHeadersRead);
        using var delete = await server.Http.DeleteAsync($"/blobs/{server.User}/id");
        Assert.Equal(HttpStatusCode.OK, delete.StatusCode);
        Assert.Equal(body, await reading.Content.ReadAsByteArrayAsync());
        Assert.Equal(404, await StatusAsync(server));
    }

    private static async Task<HttpResponseMessage> GetAsync(
        RunningServer server, string id, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/blobs/{server.User}/{id}");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await server.Http.SendAsync(request);
    }

    private static async Task<int> StatusAsync(RunningServer server, params (string Name, string Value)[] headers)
    {
        using var answer = await GetAsync(server, "id", headers);
        return (int)answer.StatusCode;
    }

    private static async Task<int> DeleteAsync(RunningServer server, string ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/blobs/{server.User}/id");
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var answer = await server.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
