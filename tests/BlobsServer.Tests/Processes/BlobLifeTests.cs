using System.Net;
using System.Security.Cryptography;

namespace BlobsServer.Tests.Processes;

/// <summary>One blob from PUT to DELETE, through the real executable.</summary>
public sealed class BlobLifeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(10 * 1024)]
    [InlineData(49_151)]
    [InlineData(49_152)]
    [InlineData(49_153)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(1024 * 1024)]
    public async Task Bytes_come_back_as_they_went_and_lie_on_disk(int sizeBytes)
    {
        await using var server = await RunningServer.SharedAsync();
        var body = RandomNumberGenerator.GetBytes(sizeBytes);

        using var put = await server.PutAsync($"/blobs/{server.User}/blob-one", body);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal(0, put.Content.Headers.ContentLength);

        using var get = await server.Http.GetAsync($"/blobs/{server.User}/blob-one");
        Assert.Equal(HttpStatusCode.OK, get.StatusCode);
        Assert.Equal(sizeBytes, get.Content.Headers.ContentLength);
        Assert.Equal(body, await get.Content.ReadAsByteArrayAsync());
        Assert.Equal(put.Headers.ETag, get.Headers.ETag);
        var tag = Convert.ToBase64String(body[^Math.Min(16, sizeBytes)..]).Replace('+', '-').Replace('/', '_');
        Assert.Equal(tag, get.Headers.GetValues("Tag").Single());

        server.AssertFiles($"{server.User}/default/b/blo/blob-o/blob-one");
        if (TestStore.Name == TestStore.Disk)
            Assert.Equal(body, await File.ReadAllBytesAsync(Path.Combine(server.DataDirectory, server.Files()[0])));
    }

    [Fact]
    public async Task A_second_put_is_409_and_changes_nothing()
    {
        await using var server = await RunningServer.SharedAsync();
        using var first = await server.PutAsync($"/blobs/{server.User}/id", [1, 2, 3]);
        using var second = await server.PutAsync($"/blobs/{server.User}/id", [4, 5]);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal("application/problem+json", second.Content.Headers.ContentType!.MediaType);
        Assert.Equal([1, 2, 3], await server.Http.GetByteArrayAsync($"/blobs/{server.User}/id"));
    }

    [Fact]
    public async Task Namespaces_users_and_an_empty_namespace_are_apart()
    {
        await using var server = await RunningServer.SharedAsync();
        foreach (var (path, value) in new[] { ("/id", 1), ("/id?namespace=other", 2), ("-too/id", 3) })
        {
            using var put = await server.PutAsync($"/blobs/{server.User}{path}", [(byte)value]);
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        }

        Assert.Equal([1], await server.Http.GetByteArrayAsync($"/blobs/{server.User}/id?namespace="));
        Assert.Equal([1], await server.Http.GetByteArrayAsync($"/blobs/{server.User}/id?namespace=default"));
        Assert.Equal([2], await server.Http.GetByteArrayAsync($"/blobs/{server.User}/id?namespace=other"));
        Assert.Equal([3], await server.Http.GetByteArrayAsync($"/blobs/{server.User}-too/id"));
        Assert.Equal("""["id"]""", await server.Http.GetStringAsync($"/blobs/{server.User}?namespace=other"));
    }

    [Fact]
    public async Task Head_equals_get_without_the_body()
    {
        await using var server = await RunningServer.SharedAsync();
        using var put = await server.PutAsync($"/blobs/{server.User}/id", new byte[100]);
        using var head = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/blobs/{server.User}/id"));
        using var get = await server.Http.GetAsync($"/blobs/{server.User}/id");
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(100, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(WithoutDate(get), WithoutDate(head));

        static string WithoutDate(HttpResponseMessage answer) =>
            string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Date")
                .Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));
    }

    [Fact]
    public async Task Flags_are_replaced_read_and_checked()
    {
        await using var server = await RunningServer.SharedAsync();
        using var put = await server.PutAsync($"/blobs/{server.User}/id", [1]);
        Assert.Equal("[]", await server.Http.GetStringAsync($"/blobs/{server.User}/id?only_flags=True"));
        Assert.Equal(HttpStatusCode.OK, await Post("""["PENDING"]"""));
        Assert.Equal(HttpStatusCode.OK, await Post("""["PROCESSED", "FAILED"]"""));
        Assert.Equal("""["PROCESSED","FAILED"]""", await server.Http.GetStringAsync($"/blobs/{server.User}/id?only_flags=True"));
        Assert.Equal(HttpStatusCode.NotAcceptable, await Post("""["PENDING", "LOST"]"""));
        foreach (var bad in new[] { "", "{", "PENDING", "\"PENDING\"", "[1]", "[\"PENDING\"", """["\ud800"]""" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, await Post(bad));
        }

        var many = "[" + string.Join(',', Enumerable.Repeat("\"FAILED\"", 3000)) + "]";
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Post(many));
        Assert.Equal(HttpStatusCode.NotFound, await Post("""["PENDING"]""", "missing"));
        Assert.Equal("""["PROCESSED","FAILED"]""", await server.Http.GetStringAsync($"/blobs/{server.User}/id?only_flags=True"));
        using var missing = await server.Http.GetAsync($"/blobs/{server.User}/missing?only_flags=True");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);

        async Task<HttpStatusCode> Post(string flags, string id = "id")
        {
            using var answer = await server.PostAsync($"/blobs/{server.User}/{id}", flags);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Delete_removes_blob_and_flags_and_leaves_a_tombstone()
    {
        await using var server = await RunningServer.SharedAsync();
        using var put = await server.PutAsync($"/blobs/{server.User}/id", [1]);
        using var post = await server.PostAsync($"/blobs/{server.User}/id", """["PENDING"]""");
        using var delete = await server.Http.DeleteAsync($"/blobs/{server.User}/id");
        Assert.Equal(HttpStatusCode.OK, delete.StatusCode);
        server.AssertFiles($"{server.User}/default/i/id/id/id.deleted");
        using var get = await server.Http.GetAsync($"/blobs/{server.User}/id");
        using var again = await server.Http.DeleteAsync($"/blobs/{server.User}/id");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (get.StatusCode, again.StatusCode));
        Assert.Equal("[]", await server.Http.GetStringAsync($"/blobs/{server.User}"));

        using var anew = await server.PutAsync($"/blobs/{server.User}/id", [2]);
        Assert.Equal(HttpStatusCode.OK, anew.StatusCode);
        Assert.Equal("[]", await server.Http.GetStringAsync($"/blobs/{server.User}/id?only_flags=True"));
    }

    [Fact]
    public async Task A_list_is_every_id_in_ordinal_order()
    {
        await using var server = await RunningServer.SharedAsync("--durability", "none");
        string[] ids = ["zebra", "a", "abcdefg", "abcdef", "ab", "abc", "B", "-", "_x", "0"];
        Assert.Equal("[]", await server.Http.GetStringAsync($"/blobs/{server.User}/"));
        foreach (var id in ids) (await server.PutAsync($"/blobs/{server.User}/{id}", [1])).Dispose();
        var wanted = "[" + string.Join(',', ids.Order(StringComparer.Ordinal).Select(id => $"\"{id}\"")) + "]";
        Assert.Equal(wanted, await server.Http.GetStringAsync($"/blobs/{server.User}"));
    }

    [Trait("Store", "disk")]
    [Fact]
    public async Task A_directory_that_is_emptied_while_the_server_runs_is_made_again()
    {
        await using var server = await RunningServer.StartAsync();
        for (var round = 0; round < 3; round++)
        {
            using var put = await server.PutAsync($"/blobs/{server.User}/id", [1]);
            using var post = await server.PostAsync($"/blobs/{server.User}/id", """["PENDING"]""");
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (put.StatusCode, post.StatusCode));
            foreach (var folder in Directory.GetDirectories(server.DataDirectory)) Directory.Delete(folder, recursive: true);
            using var get = await server.Http.GetAsync($"/blobs/{server.User}/id");
            Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
        }
    }
}
