using System.Net;
using System.Text;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Security;

/// <summary>--tokens: who may do what, and what strangers learn (nothing).</summary>
public sealed class TokenTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_token_opens_its_users_blobs_and_no_others()
    {
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory["tokens"], "# comment\nalice:secret\n\nalice:second\nbob:to:ken\n");
        await using var server = await RunningServer.StartAsync("--tokens", directory["tokens"]);
        Assert.Equal(200, await SendAsync(server, "PUT", "/blobs/alice/id", "alice:secret"));
        Assert.Equal(200, await SendAsync(server, "GET", "/blobs/alice/id", "alice:second"));
        Assert.Equal(200, await SendAsync(server, "GET", "/blobs/bob", "bob:to:ken"));

        // The same for what exists and what doesn't.
        string[] paths = ["/blobs/alice/id", "/blobs/alice/missing", "/blobs/alice", "/blobs/nobody", "/stream/alice"];
        foreach (var path in paths)
        {
            foreach (var wrong in new[] { null, "alice:wrong", "alice:", "alice", "nobody:secret", ":", "ALICE:secret" })
            {
                Assert.Equal(401, await SendAsync(server, "GET", path, wrong));
            }

            Assert.Equal(403, await SendAsync(server, "GET", path, "bob:to:ken"));
        }

        Assert.Equal(401, await SendAsync(server, "DELETE", "/blobs/alice/id", "bob:wrong"));
        Assert.Equal(403, await SendAsync(server, "DELETE", "/blobs/alice/id", "bob:to:ken"));
        Assert.Equal(200, await SendAsync(server, "GET", "/blobs/alice/id", "alice:secret"));
    }

    [Fact]
    public async Task A_broken_header_is_401_and_says_what_is_wanted()
    {
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory["tokens"], "alice:secret\n");
        await using var server = await RunningServer.StartAsync("--tokens", directory["tokens"]);
        foreach (var header in new[] { "Basic YWxpY2U6c2VjcmV0", "Token", "Token !!!", "Token YWxpY2U", "YWxpY2U6c2VjcmV0", "" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/blobs/alice");
            request.Headers.TryAddWithoutValidation("Authorization", header);
            using var answer = await server.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("Token", answer.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Fact]
    public async Task The_file_is_read_again_when_it_changes()
    {
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory["tokens"], "alice:old\n");
        await using var server = await RunningServer.StartAsync("--tokens", directory["tokens"]);
        Assert.Equal(200, await SendAsync(server, "GET", "/blobs/alice", "alice:old"));

        await File.WriteAllTextAsync(directory["tokens"], "alice:brand-new\n");
        await Eventually.HoldsAsync(
            async () => await SendAsync(server, "GET", "/blobs/alice", "alice:brand-new") == 200,
            () => "the new token is refused", Patience);
        Assert.Equal(401, await SendAsync(server, "GET", "/blobs/alice", "alice:old"));

        await File.WriteAllTextAsync(directory["tokens"], "no colon in this line\n");
        await Eventually.HoldsAsync(
            async () =>
            {
                Assert.Equal(200, await SendAsync(server, "GET", "/blobs/alice", "alice:brand-new"));
                return server.Process.StandardError.Contains("line 1 is not user:token", StringComparison.Ordinal);
            },
            () => server.Process.StandardError,
            Patience);
    }

    /// <summary>As a tool does that keeps times (rsync -t, an editor's restored backup).</summary>
    [Fact]
    public async Task A_file_of_the_same_length_and_time_is_read_again()
    {
        using var directory = new TempDirectory();
        var time = DateTime.UnixEpoch.AddYears(50); // to the nanosecond, which a time that was read is not
        await File.WriteAllTextAsync(directory["tokens"], "alice:one\n");
        File.SetLastWriteTimeUtc(directory["tokens"], time);
        await using var server = await RunningServer.StartAsync("--tokens", directory["tokens"]);
        Assert.Equal(200, await SendAsync(server, "GET", "/blobs/alice", "alice:one"));
        await File.WriteAllTextAsync(directory["next"], "alice:two\n");
        File.SetLastWriteTimeUtc(directory["next"], time);
        File.Move(directory["next"], directory["tokens"], overwrite: true);
        Assert.Equal(200, await SendAsync(server, "GET", "/blobs/alice", "alice:two"));
        Assert.Equal(401, await SendAsync(server, "GET", "/blobs/alice", "alice:one"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_ends_the_start()
    {
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory["tokens"], "alice\n");
        await File.WriteAllTextAsync(directory["comments"], "# alice:secret\n\n");
        foreach (var file in new[] { directory["tokens"], directory["missing"], directory["comments"], "/dev/null" })
        {
            var (status, _, error) = await ChildProcess.RunAsync(
                Repository.Program("BlobsServer"), [directory["blobs"], $"{FreePorts.Take()}", "--tokens", file]);
            Assert.Equal(1, status);
            Assert.StartsWith($"BlobsServer: cannot use the tokens in {file}: ", error, StringComparison.Ordinal);
            Assert.EndsWith("; write lines of user:token\n", error, StringComparison.Ordinal);
            Assert.Single(error.TrimEnd().Split('\n'));
        }
    }

    [Fact]
    public async Task A_file_that_becomes_empty_keeps_everybody_out()
    {
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory["tokens"], "alice:secret\n");
        await using var server = await RunningServer.StartAsync("--tokens", directory["tokens"]);
        Assert.Equal(200, await SendAsync(server, "GET", "/blobs/alice", "alice:secret"));
        await File.WriteAllTextAsync(directory["tokens"], "");
        Assert.Equal(401, await SendAsync(server, "GET", "/blobs/alice", "alice:secret"));
        Assert.Equal(401, await SendAsync(server, "GET", "/blobs/alice", credentials: null));
    }

    private static async Task<int> SendAsync(RunningServer server, string method, string path, string? credentials)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "PUT") request.Content = new ByteArrayContent([1]);
        if (credentials is not null)
        {
            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));
            request.Headers.TryAddWithoutValidation("Authorization", $"Token {base64}");
        }

        using var answer = await server.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
