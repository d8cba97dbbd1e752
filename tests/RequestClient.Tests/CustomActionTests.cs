using System.Text;
using RequestClient.Tests.Servers;

namespace RequestClient.Tests;

/// <summary>Other people's servers, in the terms of the built-in actions.</summary>
public sealed class CustomActionTests
{
    [Fact]
    public async Task PutThenGet_OfAServerWithOtherPathsAndStatuses()
    {
        var store = new BlobStore();
        await using var server = new RawServer(request =>
            request.Method == "PUT" && store.Answer(request) == RawReply.Empty
                ? RawReply.Status("201 Created", "made"u8.ToArray())
                : store.Answer(request));
        var run = await Client.RunAsync(
            server.Url + "/base", "100", "2", "--user", "me",
            "--request", "PUT /x/{user}/{id} {body} -> 201", "--then", "GET /x/{user}/{id}");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(("request", 100), (run.Record!.Action, run.Record.Operations));
        Assert.Equal(["put", "get"], run.Record.Latency.Keys);
        Assert.All(store.Blobs.Keys, path => Assert.Matches(@"\A/base/x/me/[0-9a-f]{32}\z", path));
    }

    [Fact]
    public async Task GetOfOneThing_MustStayTheSame()
    {
        var turn = 0;
        await using var server = new RawServer(_ => RawReply.Status(
            "200 OK", Encoding.ASCII.GetBytes(Interlocked.Increment(ref turn) == 30 ? "another text" : "the same text")[..12]));
        var run = await Client.RunAsync(server.Url, "100", "0", "--request", "GET /thing");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(new Dictionary<string, long> { ["bytes"] = 1 }, run.Record!.Errors);
        Assert.Equal(99, run.Record.Operations);
    }

    [Fact]
    public async Task Head_HasALengthAndNoBody()
    {
        await using var server = new RawServer(_ => RawReply.Text("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"));
        var run = await Client.RunAsync(server.Url, "50", "0", "--request", "HEAD /thing", "--timeout", "10");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
    }

    [Fact]
    public async Task WantedStatus_IsTheOnlyRightOne()
    {
        await using var server = new RawServer(_ => RawReply.Status("200 OK"));
        var run = await Client.RunAsync(server.Url, "10", "0", "--request", "DELETE /{id} -> 404");
        Assert.Equal(10, run.Record!.Errors["status-200"]);
    }

    [Fact]
    public async Task Header_GoesWithEveryRequest()
    {
        var store = new BlobStore();
        await using var server = new RawServer(request =>
            request.Head.Contains("\r\nAuthorization: Token abc\r\n", StringComparison.Ordinal)
                ? store.Answer(request)
                : RawReply.Status("401 Unauthorized"));
        var run = await Client.RunAsync(server.Url, "10", "1", "--get", "--header", "Authorization: Token abc");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(10, (await Client.RunAsync(server.Url, "10", "1", "--get")).Record!.Errors["status-401"]);
    }
}
