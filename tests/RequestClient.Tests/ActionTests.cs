using RequestClient.Blobs;
using RequestClient.Tests.Servers;
using StudyResults;

namespace RequestClient.Tests;

/// <summary>The real client against a server that is right.</summary>
public sealed class ActionTests
{
    [Theory]
    [InlineData("baseline", 1, 0)]
    [InlineData("put", 1, 10240)]
    [InlineData("get", 2, 20480)]
    [InlineData("flag", 2, 10240 + 13)]
    [InlineData("delete", 2, 10240)]
    public async Task RightServer_EveryOperationCounts(string action, int requestsEach, long bytesEach)
    {
        var store = new BlobStore();
        await using var server = new RawServer(store.Answer);
        var run = await Client.RunAsync(server.Url, "500", "10", $"--{action}", "--concurrency", "7");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var record = run.Record!;
        Assert.Equal(500, record.Operations);
        Assert.Equal(500 * requestsEach, record.Requests);
        Assert.Equal(500 * requestsEach, server.Requests);
        Assert.Equal(500 * bytesEach, record.Bytes);
        Assert.Empty(record.Errors);
        Assert.Equal(requestsEach, record.Latency.Count);
        Assert.All(record.Latency.Values, latency => Assert.Equal(500, latency.Count));
        Assert.All(record.Latency.Values, latency => Assert.Equal(500, LatencyHistogram.Decode(latency.Histogram!).Count));
        Assert.InRange(record.CpuSeconds.Client!.Value, 0.000001, 60);
        Assert.Equal(action is "put" or "get" or "flag" ? 500 : 0, store.Blobs.Count);
        Assert.All(store.Flags.Values, flags => Assert.Equal("[\"PROCESSED\"]", flags));
    }

    [Fact]
    public async Task Put_WhatArrives_IsWhatUserAndIdSay()
    {
        var store = new BlobStore();
        await using var server = new RawServer(store.Answer);
        var run = await Client.RunAsync(server.Url, "50", "300", "--put", "--user", "somebody");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(50, store.Blobs.Count);
        foreach (var (path, blob) in store.Blobs)
        {
            Assert.Matches(@"\A/blobs/somebody/[0-9a-f]{32}\z", path);
            var id = System.Text.Encoding.ASCII.GetBytes(path.Split('/')[^1]);
            Assert.Equal(BlobContent.Make(BlobContent.Key(BlobContent.UserHash("somebody"), id), 300 * 1024), blob);
        }

        Assert.InRange(store.Blobs.Keys.Select(path => path.Split('/')[^1][..1]).Distinct().Count(), 8, 16);
    }

    [Fact]
    public async Task TwoRuns_NeverMeetOnAnId()
    {
        var store = new BlobStore();
        await using var server = new RawServer(store.Answer);
        for (var run = 0; run < 2; run++)
            Assert.Equal(0, (await Client.RunProcessAsync(server.Url, "300", "1", "--put")).ExitCode);
        Assert.Equal(600, store.Blobs.Count);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[\"some-id\", \"another_id\"]")]
    public async Task List_AnyListingThatStays_Right(string listing)
    {
        await using var server = new RawServer(new BlobStore { Listing = listing }.Answer);
        var run = await Client.RunAsync(server.Url, "100", "10", "--list");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(100 * listing.Length, run.Record!.Bytes);
    }

    [Theory]
    [InlineData("{}", "no JSON array")]
    [InlineData("[1]", "which is no id")]
    [InlineData("[\"a/b\"]", "which is no id")]
    [InlineData("[", "no JSON")]
    public async Task List_NoListing_OneLineAndNothingMeasured(string listing, string said)
    {
        await using var server = new RawServer(new BlobStore { Listing = listing }.Answer);
        var run = await Client.RunAsync(server.Url, "100", "10", "--list");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(said, Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Null(run.Record);
    }

    [Fact]
    public async Task Warmup_UsesIdsOfItsOwn_AndIsRecorded()
    {
        var store = new BlobStore();
        await using var server = new RawServer(store.Answer);
        var run = await Client.RunAsync(server.Url, "100", "1", "--put", "--warmup", "0.3");
        Assert.Equal(0, run.ExitCode);
        var warmup = run.Record!.Warmup!;
        Assert.Equal(0.3, warmup.LimitSeconds);
        Assert.InRange(warmup.ElapsedSeconds, 0.2, 5);
        Assert.False(warmup.Settled);
        Assert.Equal(100 + warmup.Operations, store.Blobs.Count);
        Assert.Equal(100, run.Record.Operations);
    }

    [Theory]
    [InlineData("0.3")]
    [InlineData("0.3s")]
    [InlineData("300ms")]
    public async Task Duration_WithoutAmount_EndsByItself(string duration)
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await Client.RunAsync(server.Url, "0", "1", "--baseline", "--duration", duration);
        Assert.Equal(0, run.ExitCode);
        Assert.InRange(run.Record!.ElapsedSeconds, 0.25, 5);
        Assert.Equal(server.Requests, run.Record.Operations);
    }

    [Fact]
    public async Task MoreConnectionsThanOperations_EachOperationOnce()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await Client.RunAsync(server.Url, "3", "1", "--put", "--concurrency", "50");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task ServerThatClosesAfterEachReply_NoError()
    {
        var store = new BlobStore();
        await using var server = new RawServer(request =>
        {
            var reply = store.Answer(request);
            const string Closing = "HTTP/1.1 200 OK\r\nCONNECTION: Close\r\ncontent-length: 0\r\n\r\n";
            return request.Method == "PUT" ? RawReply.Text(Closing) with { Close = true } : reply;
        });
        var run = await Client.RunAsync(server.Url, "200", "10", "--get");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(200, run.Record!.Operations);
    }

    [Fact]
    public async Task RepliesInPieces_ChunkedOrAfterInterimOnes_Right()
    {
        var store = new BlobStore();
        var turn = 0;
        await using var server = new RawServer(request =>
        {
            var reply = store.Answer(request);
            if (request.Method != "GET")
                return new RawReply([.. "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"u8, .. reply.Bytes]);
            return Interlocked.Increment(ref turn) % 2 == 0
                ? RawReply.Chunked(store.Blobs[request.Path], 777)
                : reply with { PieceLength = 1000 };
        });
        var run = await Client.RunAsync(server.Url, "50", "10", "--get");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(50, run.Record!.Operations);
    }
}
