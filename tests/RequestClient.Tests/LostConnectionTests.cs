using System.Collections.Concurrent;
using Blobs.TestSupport;
using RequestClient.Net;
using RequestClient.Tests.Servers;

namespace RequestClient.Tests;

/// <summary>Connections that end between requests are no errors; those that end instead of an answer are.</summary>
public sealed class LostConnectionTests
{
    [Theory]
    [InlineData("put")]
    [InlineData("get")]
    [InlineData("delete")]
    public async Task ServerThatClosesAfterEachReplyUnannounced_NoError(string action)
    {
        var store = new BlobStore();
        await using var server = new RawServer(request => store.Answer(request) with { Close = true });
        var run = await Client.RunAsync(server.Url, "200", "1", $"--{action}", "--concurrency", "4");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(200, run.Record!.Operations);
        Assert.Equal(server.Requests, run.Record.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ServerThatClosesIdleConnections_NoError(bool reset)
    {
        await using var server = new RawServer(_ => RawReply.Empty with
        {
            Pause = TimeSpan.FromMilliseconds(20),
            Close = true,
            Reset = reset,
        });
        var run = await Client.RunAsync(server.Url, "10", "1", "--baseline", "--rate", "10", "--concurrency", "1");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal((10, 0), (run.Record!.Operations, run.Record.Errors.Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetThatIsLostOnce_IsSentAgainAndCounted(bool reset)
    {
        var store = new BlobStore();
        var lost = new ConcurrentDictionary<string, bool>();
        await using var server = new RawServer(request => request.Method == "GET" && lost.TryAdd(request.Path, true)
            ? RawReply.Text("") with { Close = true, Reset = reset }
            : store.Answer(request));
        var run = await Client.RunAsync(server.Url, "20", "1", "--get", "--concurrency", "4");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal((20, 40, 20), (run.Record!.Operations, run.Record.Requests, run.Record.Resent!.Value));
        Assert.Equal(60, server.Requests);
        Assert.Matches("resent +20 requests", run.Output);
    }

    [Fact]
    public async Task PostThatIsLost_MayHaveHappened_SoItIsAnErrorAndNotSentAgain()
    {
        var store = new BlobStore();
        var posts = 0;
        await using var server = new RawServer(request =>
        {
            if (request.Method != "POST") return store.Answer(request);
            Interlocked.Increment(ref posts);
            return RawReply.Text("") with { Close = true };
        });
        var run = await Client.RunAsync(server.Url, "20", "1", "--flag", "--concurrency", "4");
        Assert.Equal(20, run.Record!.Errors["closed"]);
        Assert.Equal((20, 0), (posts, run.Record.Resent!.Value));
    }

    /// <summary>A server that stored the blob and then dropped the connection: the second try tells on it.</summary>
    [Fact]
    public async Task PutThatHappenedAndIsLost_SaysThatItWasSentTwice()
    {
        var store = new BlobStore();
        var lost = new ConcurrentDictionary<string, bool>();
        await using var server = new RawServer(request =>
        {
            var reply = store.Answer(request);
            return lost.TryAdd(request.Path, true) ? RawReply.Text("") with { Close = true } : reply;
        });
        var run = await Client.RunAsync(server.Url, "20", "1", "--put", "--concurrency", "1");
        Assert.Equal(20, run.Record!.Errors["status-409"] + run.Record.Errors.GetValueOrDefault("closed"));
        Assert.Matches(@"status-409, first: put [0-9a-f]{32} \(operation \d+, sent twice\)", run.Output);
    }

    [Fact]
    public async Task MoreConnectionsThanOpenFiles_OneLineWithTheRemedy()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var command = $"ulimit -n 200 && exec {Client.Program} 10 1 --baseline --concurrency 300 --url {server.Url}";
        var (exitCode, _, errors) = await ChildProcess.RunAsync("bash", ["-c", command]);
        Assert.Equal(1, exitCode);
        Assert.Matches("300 connections .* 200 .* 'ulimit -n [0-9]+'", Assert.Single(errors.TrimEnd().Split('\n')));
    }

    [Theory]
    [InlineData(10, 20, 1000, true)]
    [InlineData(984, 0, 1000, true)]
    [InlineData(985, 0, 1000, false)]
    [InlineData(10, 990, 1000, false)]
    public void DescriptorLimit_CountsWhatIsOpenAndAReserve(int connections, int open, ulong limit, bool fits) =>
        Assert.Equal(fits, DescriptorLimit.Problem(connections, open, limit) is null);

    /// <summary>A time-out shorter than anything takes bounds the operations, and not the way to them.</summary>
    [Fact]
    public async Task ShortTimeout_DoesNotBoundTheOpening()
    {
        await using var server = new RawServer(_ => null);
        var run = await Client.RunAsync(server.Url, "4", "1", "--baseline", "--concurrency", "2", "--timeout", "0.001");
        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.Equal(4, run.Record!.Errors["timeout"]);
    }
}
