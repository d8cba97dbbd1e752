using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Processes;

/// <summary>POST /stream/{user}, in both directions.</summary>
public sealed class StreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_was_uploaded_is_downloaded_in_the_originals_framing()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        var blobs = new[] { 0, 1, 15, 16, 100, 70_000, 1_000_000 }.ToDictionary(
            size => $"s{size}", RandomNumberGenerator.GetBytes);
        using var upload = await UploadAsync(server, Body(blobs));
        Assert.Equal((HttpStatusCode.OK, 0L), (upload.StatusCode, upload.Content.Headers.ContentLength));
        foreach (var (id, bytes) in blobs) Assert.Equal(bytes, await server.Http.GetByteArrayAsync($"/blobs/{server.User}/{id}"));

        var ids = blobs.Keys.Reverse().Append("s16").ToArray();
        using var download = await server.PostAsync($"/stream/{server.User}?direction=download", JsonSerializer.Serialize(ids));
        Assert.Equal(HttpStatusCode.OK, download.StatusCode);
        var rest = (await download.Content.ReadAsByteArrayAsync()).AsMemory();
        foreach (var id in ids)
        {
            var bytes = blobs[id];
            var tag = Convert.ToBase64String(bytes[^Math.Min(16, bytes.Length)..]).Replace('+', '-').Replace('/', '_');
            var head = $"{bytes.Length:x8}{tag} ";
            Assert.Equal(head, Encoding.ASCII.GetString(rest.Span[..head.Length]));
            Assert.Equal(bytes, rest.Slice(head.Length, bytes.Length).ToArray());
            rest = rest[(head.Length + bytes.Length)..];
        }

        Assert.True(rest.IsEmpty);
    }

    [Fact]
    public async Task Namespaces_count_for_streams_too()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        using var upload = await UploadAsync(server, Encoding.ASCII.GetBytes("[[\"id\",1]]\nx"), "&namespace=other");
        Assert.Equal(HttpStatusCode.OK, upload.StatusCode);
        using var elsewhere = await server.PostAsync($"/stream/{server.User}?direction=download", """["id"]""");
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        using var there = await server.PostAsync($"/stream/{server.User}?direction=download&namespace=other", """["id"]""");
        Assert.Equal("00000001eA== x", await there.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Downloads_are_refused_before_the_first_byte()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        (await server.PutAsync($"/blobs/{server.User}/id", [1])).Dispose();
        foreach (var (body, status) in new[]
        {
            ("""["id","missing"]""", 404), ("""["../id"]""", 400), ("""["id",null]""", 400),
            ("""{"id":1}""", 400), ("", 400), ("[1]", 400),
        })
        {
            using var answer = await server.PostAsync($"/stream/{server.User}?direction=download", body);
            Assert.Equal(status, (int)answer.StatusCode);
        }

        using var nothing = await server.PostAsync($"/stream/{server.User}", "[]");
        Assert.Equal((HttpStatusCode.OK, 0L), (nothing.StatusCode, nothing.Content.Headers.ContentLength));
        using var direction = await server.PostAsync($"/stream/{server.User}?direction=sideways", "[]");
        using var method = await server.Http.GetAsync($"/stream/{server.User}");
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.MethodNotAllowed), (direction.StatusCode, method.StatusCode));
    }

    [Trait("Store", "any")]
    [Theory]
    [InlineData("[[\"a\",1]]", 400)]
    [InlineData("[[\"a\"]]\nx", 400)]
    [InlineData("[[\"a\",-1]]\nx", 400)]
    [InlineData("[[\"a\",1.5]]\nx", 400)]
    [InlineData("[[1,1]]\nx", 400)]
    [InlineData("[[\"\\ud800\",1]]\nx", 400)]
    [InlineData("[[\"a\",1,1]]\nx", 400)]
    [InlineData("[[\"a\",1]\nx", 400)]
    [InlineData("[[\"a\",1]]]\nx", 400)]
    [InlineData("[null]\nx", 400)]
    [InlineData("[\"a\"]\nx", 400)]
    [InlineData("[[\"a\",1],[\"../b\",1]]\nxy", 400)]
    [InlineData("[[\"a\",1],[\"a\",1]]\nxy", 400)]
    [InlineData("[[\"a\",1],[\"b\",1]]\nx", 400)]
    [InlineData("[[\"a\",1]]\nxy", 400)]
    [InlineData("[[\"a\",1],[\"taken\",1]]\nxy", 409)]
    [InlineData("[[\"a\",1],[\"b\",2000000]]\nxy", 413)]
    public async Task What_is_known_to_fail_stores_nothing(string body, int status)
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none", "--max-blob-mib", "1");
        (await server.PutAsync($"/blobs/{server.User}/taken", [1])).Dispose();
        using var answer = await UploadAsync(server, Encoding.ASCII.GetBytes(body));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("""["taken"]""", await server.Http.GetStringAsync($"/blobs/{server.User}"));
    }

    [Fact]
    public async Task After_a_failure_half_way_the_answer_says_what_was_stored()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        using var connection = await RawConnection.OpenAsync(server.Port);
        var line = "[[\"a\",3],[\"b\",3],[\"c\",3]]\n";
        await connection.SendAsync(
            $"POST /stream/{server.User}?direction=upload HTTP/1.1\r\nHost: x\r\nContent-Length: {line.Length + 9}\r\n\r\n{line}aaab");
        await Eventually.HoldsAsync(
            async () => await server.Http.GetStringAsync($"/blobs/{server.User}") == """["a"]""", () => "a is not there", Patience);
        (await server.PutAsync($"/blobs/{server.User}/b", [9])).Dispose();
        await connection.SendAsync("bbccc");
        var problem = await connection.ReadProblemAsync();
        Assert.Equal("409", problem.GetProperty("status").ToString());
        Assert.Equal("b", problem.GetProperty("id").GetString());
        Assert.Equal(["a"], problem.GetProperty("stored").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal([9], await server.Http.GetByteArrayAsync($"/blobs/{server.User}/b"));
        Assert.Equal("""["a","b"]""", await server.Http.GetStringAsync($"/blobs/{server.User}"));
    }

    [Fact]
    public async Task An_upload_that_breaks_off_stores_whole_blobs_only()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        using (var connection = await RawConnection.OpenAsync(server.Port))
        {
            var line = "[[\"a\",3],[\"b\",300000]]\n";
            await connection.SendAsync(
                $"POST /stream/{server.User}?direction=upload HTTP/1.1\r\nHost: x\r\nContent-Length: {line.Length + 300_003}\r\n\r\n");
            await connection.SendAsync(line + "aaa");
            await Eventually.HoldsAsync(
                async () => await server.Http.GetStringAsync($"/blobs/{server.User}") == """["a"]""", () => "a is not there", Patience);
            await connection.SendAsync(new byte[200_000]);
            connection.FinishSending();
            Assert.NotEqual(200, await connection.ReadStatusAsync());
        }

        Assert.Equal("""["a"]""", await server.Http.GetStringAsync($"/blobs/{server.User}"));
        server.AssertFiles($"{server.User}/default/a/a/a/a");
    }

    private static byte[] Body(Dictionary<string, byte[]> blobs)
    {
        var line = JsonSerializer.Serialize(blobs.Select(blob => new object[] { blob.Key, blob.Value.Length }));
        return [.. Encoding.ASCII.GetBytes(line + "\n"), .. blobs.Values.SelectMany(bytes => bytes)];
    }

    private static Task<HttpResponseMessage> UploadAsync(RunningServer server, byte[] body, string more = "") =>
        server.Http.PostAsync($"/stream/{server.User}?direction=upload{more}", new ByteArrayContent(body));
}
