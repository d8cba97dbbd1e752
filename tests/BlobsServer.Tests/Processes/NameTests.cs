using System.Text.Json;

namespace BlobsServer.Tests.Processes;

/// <summary>Names that try to be more than names.</summary>
[Trait("Store", "any")]
public sealed class NameTests(UntouchedServer untouched) : IClassFixture<UntouchedServer>
{
    public static TheoryData<string> NoNames { get; } =
    [
        "..", ".", "%2e%2e", "%2E", "..%2Fbob", "%2Fetc%2Fpasswd", "id%00", "id%0A", "id%0a", "id%20", "a%2Fb",
        "x.flags", "x.deleted",
        "%C3%A9", "%", "%zz", "a+b", "a,b", "a:b", "~", "%252e", new string('a', 201), new string('a', 256),
    ];

    [Theory]
    [MemberData(nameof(NoNames))]
    public async Task What_is_no_name_is_400_and_nothing_is_written(string segment)
    {
        var server = untouched.Server;
        await RefusesAsync(server, $"/blobs/alice/{segment}", "id");
        await RefusesAsync(server, $"/blobs/{segment}/id", "user");
        await RefusesAsync(server, $"/blobs/alice/id?namespace={segment}", "namespace");
        Assert.Empty(server.Files());
        string[] own = TestStore.Name == TestStore.Disk ? [".blobs"] : [];
        Assert.Equal(own, Directory.GetDirectories(server.DataDirectory).Select(Path.GetFileName));
        Assert.Equal(
            ["blobs"], Directory.GetFileSystemEntries(Path.GetDirectoryName(server.DataDirectory)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Escapes_of_plain_letters_mean_the_letters()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var path in new[] { "%61lice/%69d", "A-_9/0" })
        {
            using var connection = await RawConnection.OpenAsync(server.Port);
            await connection.SendAsync($"PUT /blobs/{path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx");
            Assert.Equal(200, await connection.ReadStatusAsync());
        }

        server.AssertFiles("A-_9/default/0/0/0/0", "alice/default/i/id/id/id");
    }

    [Fact]
    public async Task The_longest_names_are_taken()
    {
        await using var server = await RunningServer.SharedAsync();
        var longest = new string('x', 200);
        using var put = await server.PutAsync($"/blobs/{longest}/{longest}?namespace={longest}", [7]);
        Assert.Equal([7], await server.Http.GetByteArrayAsync($"/blobs/{longest}/{longest}?namespace={longest}"));
    }

    [Trait("Store", "disk")]
    [Fact]
    public async Task A_symbolic_link_inside_a_users_tree_is_not_followed()
    {
        await using var server = await RunningServer.SharedAsync();
        var users = Path.Combine(server.DataDirectory, server.User);
        using var outside = new Blobs.TestSupport.TempDirectory();
        await File.WriteAllTextAsync(outside["secret"], "secret");
        Directory.CreateDirectory(Path.Combine(users, "default/s/sec/secret"));
        File.CreateSymbolicLink(Path.Combine(users, "default/s/sec/secret/secret"), outside["secret"]);
        File.CreateSymbolicLink(Path.Combine(users, "default/p"), outside.FullPath);

        using var get = await server.Http.GetAsync($"/blobs/{server.User}/secret");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, get.StatusCode);
        using var put = await server.PutAsync($"/blobs/{server.User}/planted", [1]);
        Assert.False(put.IsSuccessStatusCode);
        Assert.Equal(["secret"], Directory.GetFileSystemEntries(outside.FullPath).Select(Path.GetFileName));
    }

    private static async Task RefusesAsync(RunningServer server, string target, string part)
    {
        // HttpClient would tidy the target up; here it goes out as it is.
        using var connection = await RawConnection.OpenAsync(server.Port);
        await connection.SendAsync($"PUT {target} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx");
        var head = await connection.ReadHeadAsync();
        // Kestrel itself refuses what is no valid target (a NUL, a broken escape), with an empty 400.
        Assert.StartsWith("HTTP/1.1 400", head, StringComparison.Ordinal);
        if (!head.Contains("problem+json", StringComparison.Ordinal)) return;
        var buffer = new byte[4096];
        var count = await connection.Socket.ReceiveAsync(buffer);
        using var problem = JsonDocument.Parse(buffer.AsMemory(0, count));
        Assert.Equal(part, problem.RootElement.GetProperty("part").GetString());
    }
}
