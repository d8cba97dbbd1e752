using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace BlobsServer.Tests.Processes;

/// <summary>What a PUT may carry besides its body: digests and an expectation.</summary>
[Trait("Store", "any")]
public sealed class WriteHeaderTests
{
    private static readonly byte[] Body = Encoding.ASCII.GetBytes("the quick brown fox");
    private static readonly string Sha256Of = Convert.ToBase64String(SHA256.HashData(Body));
    private static readonly string Sha512Of = Convert.ToBase64String(SHA512.HashData(Body));
    private static readonly string OtherSha256 = Convert.ToBase64String(SHA256.HashData([1]));

    public static TheoryData<string, string> Right { get; } = new()
    {
        { "Content-Digest", $"sha-256=:{Sha256Of}:" },
        { "Repr-Digest", $"sha-256=:{Sha256Of}:" },
        { "Repr-Digest", $"sha-512=:{Sha512Of}:, sha-256=:{Sha256Of}:" },
        { "Content-Digest", "unknown=:AAAA:" },
        { "Content-MD5", Convert.ToBase64String(Md5(Body)) },
    };

    public static TheoryData<string, string> Wrong { get; } = new()
    {
        { "Content-Digest", $"sha-256=:{OtherSha256}:" },
        { "Repr-Digest", $"sha-256=:{OtherSha256}:" },
        { "Content-Digest", $"sha-512=:{Sha512Of}:, sha-256=:{OtherSha256}:" },
        { "Content-Digest", $"sha-256={Sha256Of}" },
        { "Content-Digest", "sha-256=:AAAA:" },
        { "Content-Digest", "nonsense" },
        { "Content-MD5", Convert.ToBase64String(Md5([1])) },
        { "Content-MD5", "nonsense" },
    };

    [Theory]
    [MemberData(nameof(Right))]
    public async Task A_body_with_the_right_digest_is_stored(string header, string value)
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        using var answer = await PutAsync(server, header, value);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Body, await server.Http.GetByteArrayAsync($"/blobs/{server.User}/id"));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_digest_is_400_names_the_header_and_stores_nothing(string header, string value)
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        using var answer = await PutAsync(server, header, value);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(header, problem.RootElement.GetProperty("part").GetString());
        Assert.Empty(server.Files());
    }

    [Fact]
    public async Task A_part_is_not_stored_as_the_whole()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        using var answer = await PutAsync(server, "Content-Range", "bytes 0-18/100");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(server.Files());
    }

    [Fact]
    public async Task If_Match_on_a_put_stores_nothing()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        using (var missing = await PutAsync(server, "If-Match", "*"))
        {
            Assert.Equal(HttpStatusCode.PreconditionFailed, missing.StatusCode);
        }

        Assert.Empty(server.Files());
        using var put = await server.PutAsync($"/blobs/{server.User}/id", Body);
        using var other = await PutAsync(server, "If-Match", "\"other\"");
        using var same = await PutAsync(server, "If-Match", put.Headers.ETag!.ToString());
        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.Conflict), (other.StatusCode, same.StatusCode));
    }

    [Fact]
    public async Task An_expectation_is_only_met_when_the_body_is_wanted()
    {
        await using var server = await RunningServer.SharedAsync("--max-blob-mib", "1");
        Assert.Equal(100, await ExpectAsync(server, "id", 3, "abc"));
        Assert.Equal("abc", await server.Http.GetStringAsync($"/blobs/{server.User}/id"));
        Assert.Equal(409, await ExpectAsync(server, "id", 3));
        Assert.Equal(413, await ExpectAsync(server, "large", 2_000_000));
        Assert.Equal(400, await ExpectAsync(server, "no.name", 3));
    }

    [Fact]
    public async Task A_conflict_says_what_is_stored()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        using var put = await server.PutAsync($"/blobs/{server.User}/id", Body);
        using var conflict = await server.PutAsync($"/blobs/{server.User}/id", [1]);
        using var problem = JsonDocument.Parse(await conflict.Content.ReadAsStringAsync());
        Assert.Equal(put.Headers.ETag!.ToString(), problem.RootElement.GetProperty("etag").GetString());
        Assert.Equal(Body.Length, problem.RootElement.GetProperty("contentLength").GetInt64());
        var tag = Convert.ToBase64String(Body[^16..]).Replace('+', '-').Replace('/', '_');
        Assert.Equal(tag, problem.RootElement.GetProperty("tag").GetString());
    }

    [Fact]
    public async Task Append_only_refuses_to_delete()
    {
        await using var server = await RunningServer.SharedAsync("--append-only");
        (await server.PutAsync($"/blobs/{server.User}/id", Body)).Dispose();
        using var delete = await server.Http.DeleteAsync($"/blobs/{server.User}/id");
        Assert.Equal(HttpStatusCode.Forbidden, delete.StatusCode);
        Assert.Equal(Body, await server.Http.GetByteArrayAsync($"/blobs/{server.User}/id"));
    }

    private static async Task<HttpResponseMessage> PutAsync(RunningServer server, string header, string value)
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Put, $"/blobs/{server.User}/id") { Content = new ByteArrayContent(Body) };
        if (!request.Headers.TryAddWithoutValidation(header, value))
        {
            request.Content.Headers.TryAddWithoutValidation(header, value);
        }
        return await server.Http.SendAsync(request);
    }

    /// <summary>The first status that comes; a body follows only after 100.</summary>
    private static async Task<int?> ExpectAsync(RunningServer server, string id, int length, string body = "")
    {
        using var connection = await RawConnection.OpenAsync(server.Port);
        await connection.SendAsync(
            $"PUT /blobs/{server.User}/{id} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n");
        var first = await connection.ReadStatusAsync();
        if (first != 100) return first;
        await connection.SendAsync(body);
        Assert.Equal(200, await connection.ReadStatusAsync());
        return first;
    }

#pragma warning disable CA5351 // Content-MD5 is what clients of old send; it guards against accidents, not attackers.
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351
}
