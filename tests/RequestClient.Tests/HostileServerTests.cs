using System.Diagnostics;
using Blobs.TestSupport;
using RequestClient.Blobs;
using RequestClient.Tests.Servers;

namespace RequestClient.Tests;

/// <summary>The real client against servers that are wrong: each is caught, named, and never counted.</summary>
public sealed class HostileServerTests
{
    private const string Head = "HTTP/1.1 200 OK\r\n";

    /// <summary>What is wrong, and the kind that it must be reported as. {blob} is the right body.</summary>
    public static TheoryData<string, string> Lies => new()
    {
        { "HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\nsad!", "status-500" },
        { "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "status-404" },
        { "HTTP/1.1 204 No Content\r\n\r\n", "status-204" },
        { Head + "Content-Length: 0\r\n\r\n", "length" },
        { Head + "Content-Length: 1023\r\n\r\n{short}", "length" },
        { Head + "Content-Length: 1025\r\n\r\n{blob}x", "length" },
        { Head + "Content-Length: 99999999999\r\n\r\n{blob}", "length" },
        { Head + "Content-Length: 1024\r\n\r\n{corrupt}", "bytes" },
        { Head + "Content-Length: 1024\r\n\r\n{zeros}", "bytes" },
        { Head + "Content-Length: 1024\r\n\r\n{other}", "swapped" },
        { Head + "Content-Length: 1024\r\n\r\n{short}", "truncated" },
        { Head + "Content-Length: 1024\r\n", "truncated" },
        { Head + "Content-Length: 1024\r\n\r\n{blob}x", "framing" },
        { Head + "Content-Length: 1024\r\nContent-Length: 10\r\n\r\n{blob}", "framing" },
        { Head + "Content-Length: 1024\r\nTransfer-Encoding: chunked\r\n\r\n{blob}", "framing" },
        { Head + "Content-Length: +1024\r\n\r\n{blob}", "framing" },
        { Head + "Content-Length: many\r\n\r\n{blob}", "framing" },
        { Head + "Content-Length : 1024\r\n\r\n{blob}", "framing" },
        { Head + " Content-Length: 1024\r\n\r\n{blob}", "framing" },
        { Head + "Content-Length: 1024\n\r\n\r\n{blob}", "framing" },
        { Head + "Transfer-Encoding: gzip\r\n\r\n{blob}", "framing" },
        { Head + "Transfer-Encoding: chunked\r\n\r\n400\r\n{blob}0\r\n\r\n", "framing" },
        { Head + "Transfer-Encoding: chunked\r\n\r\n3f0\r\n{blob}\r\n0\r\n\r\n", "framing" },
        { Head + "Transfer-Encoding: chunked\r\n\r\n-1\r\n{blob}\r\n0\r\n\r\n", "framing" },
        { Head + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n{blob}", "framing" },
        { Head + "Transfer-Encoding: chunked\r\n\r\n\r\n{blob}", "framing" },
        { Head + "Transfer-Encoding: chunked\r\n\r\n400\r\n{blob}\r\n1\r\nx\r\n0\r\n\r\n", "length" },
        { Head + "Transfer-Encoding: chunked\r\n\r\n3ff\r\n{short}\r\n0\r\n\r\n", "length" },
        { Head + "Transfer-Encoding: chunked\r\n\r\n400\r\n{blob}\r\n", "truncated" },
        { "HTTP/2 200\r\nContent-Length: 1024\r\n\r\n{blob}", "framing" },
        { "SSH-2.0-OpenSSH_9.2\r\n", "framing" },
        { "{zeros}{zeros}{zeros}", "framing" },
        { "HTTP/1.1 2OO OK\r\n\r\n", "framing" },
        { Head + "X: {long}\r\n\r\n", "framing" },
        { "", "closed" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Lie_IsCaughtByKind_AndNeverCounts(string lie, string kind)
    {
        var store = new BlobStore();
        var breaksOff = kind is "truncated" or "framing" or "closed";
        await using var server = new RawServer(request => request.Method == "GET"
            ? RawReply.Text(Fill(lie, store.Blobs[request.Path])) with { Close = breaksOff }
            : store.Answer(request));
        var run = await Client.RunAsync(server.Url, "20", "1", "--get", "--concurrency", "4");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(0, run.Record!.Operations);
        Assert.Equal(new Dictionary<string, long> { [kind] = 20 }, run.Record.Errors);
        Assert.Matches($@"errors +20 x {kind}, first: get [0-9a-f]{{32}} ", run.Output);
        Assert.False(run.Record.Latency.ContainsKey("get"));
    }

    [Fact]
    public async Task OneCorruptBitInTenThousandReplies_IsCaught()
    {
        var store = new BlobStore();
        var turn = 0;
        await using var server = new RawServer(request =>
        {
            var reply = store.Answer(request);
            if (request.Method != "GET") return reply;
            var number = Interlocked.Increment(ref turn);
            if (number == 5000) reply.Bytes[^Random.Shared.Next(1, 1025)] ^= (byte)(1 << Random.Shared.Next(8));
            return reply;
        });
        var run = await Client.RunAsync(server.Url, "10000", "1", "--get");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(new Dictionary<string, long> { ["bytes"] = 1 }, run.Record!.Errors);
        Assert.Equal(9999, run.Record.Operations);
    }

    [Fact]
    public async Task ReplyOfTheRequestBefore_IsStale()
    {
        var store = new BlobStore();
        byte[]? before = null;
        await using var server = new RawServer(request =>
        {
            if (request.Method != "GET") return store.Answer(request);
            var reply = RawReply.Status("200 OK", before ?? store.Blobs[request.Path]);
            before = store.Blobs[request.Path];
            return reply;
        });
        var run = await Client.RunAsync(server.Url, "20", "1", "--get", "--concurrency", "1");
        Assert.Equal(19, run.Record!.Errors["stale"]);
        Assert.Equal(1, run.Record.Operations);
    }

    [Fact]
    public async Task Silence_TimesOut()
    {
        await using var server = new RawServer(_ => null);
        var run = await Client.RunAsync(server.Url, "6", "1", "--baseline", "--timeout", "0.2", "--concurrency", "3");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(6, run.Record!.Errors["timeout"]);
    }

    [Fact]
    public async Task BodyThatStopsHalfway_TimesOut()
    {
        var store = new BlobStore();
        await using var server = new RawServer(request => request.Method == "GET"
            ? RawReply.Text(Head + "Content-Length: 1024\r\n\r\nhalf")
            : store.Answer(request));
        var run = await Client.RunAsync(server.Url, "4", "1", "--get", "--timeout", "0.2", "--concurrency", "4");
        Assert.Equal(4, run.Record!.Errors["timeout"]);
    }

    /// <summary>A byte now and then would keep a time-out that counts from the last byte from ever passing.</summary>
    [Fact]
    public async Task SlowDrip_TimesOut()
    {
        await using var server = new RawServer(_ => RawReply.Text(Head + "Content-Length: 0\r\nX: " + new string('x', 5000)) with
        {
            PieceLength = 1,
            Pause = TimeSpan.FromMilliseconds(2),
        });
        var run = await Client.RunAsync(server.Url, "4", "1", "--baseline", "--timeout", "0.3", "--concurrency", "4");
        Assert.Equal(4, run.Record!.Errors["timeout"]);
        Assert.InRange(run.Record.ElapsedSeconds, 0.25, 20);
    }

    [Fact]
    public async Task EndlessBodyOfAWrongStatus_IsCutOff()
    {
        await using var server = new RawServer(_ => RawReply.Text("HTTP/1.1 500 Oops\r\n\r\n" + new string('x', 3_000_000)));
        var run = await Client.RunAsync(server.Url, "5", "1", "--baseline", "--timeout", "20");
        Assert.Equal(5, run.Record!.Errors["status-500"]);
        Assert.InRange(run.Record.ElapsedSeconds, 0, 19);
    }

    [Fact]
    public async Task ThousandConnections_EveryOperationRight()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await Client.RunProcessAsync(server.Url, "3000", "1", "--get", "--concurrency", "1000", "--timeout", "30");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(3000, run.Record!.Operations);
    }

    [Fact]
    public async Task Reset_IsReset()
    {
        await using var server = new RawServer(_ => RawReply.Text("") with { Reset = true });
        var run = await Client.RunAsync(server.Url, "5", "1", "--baseline");
        Assert.Equal(5, run.Record!.Errors["reset"]);
    }

    [Fact]
    public async Task RefusedUpload_AnsweredEarlyAndReset_IsItsStatus()
    {
        // The server reads nothing of the 8 MiB, answers and resets.
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var probe = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
            using var socket = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
            var some = new byte[100];
            await socket.ReceiveAsync(some, TestContext.Current.CancellationToken);
            var refusal = "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"u8.ToArray();
            await socket.SendAsync(refusal, TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);
        var run = await Client.RunAsync($"http://{listener.LocalEndpoint}", "1", "8192", "--put", "--timeout", "20");
        await serving;
        Assert.Equal(1, run.Record!.Errors["status-413"]);
    }

    [Fact]
    public async Task ServerThatDiesInTheMiddle_RefusedAndDone()
    {
        var served = 0;
        RawServer? server = null;
        server = new RawServer(_ =>
        {
            if (Interlocked.Increment(ref served) < 50) return RawReply.Empty;
            server!.StopListening();
            return RawReply.Empty with { Close = true };
        });
        await using var gone = server;
        var run = await Client.RunAsync(server.Url, "200", "1", "--baseline", "--timeout", "10");
        Assert.Equal(1, run.ExitCode);
        Assert.True(run.Record!.Errors["refused"] > 0, run.Output);
        Assert.Equal(200, run.Record.Operations + run.Record.Errors.Values.Sum());
    }

    [Fact]
    public async Task NothingListens_OneLineAndNoRecord()
    {
        var watch = Stopwatch.StartNew();
        var run = await Client.RunAsync($"http://127.0.0.1:{FreePorts.Take()}", "20000", "10", "--put");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains(
            "nothing answers at 127.0.0.1:", Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Null(run.Record);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task ListingThatChanges_IsCaught()
    {
        var turn = 0;
        await using var server = new RawServer(_ =>
            RawReply.Status("200 OK", Interlocked.Increment(ref turn) == 5 ? "[\"b\"]"u8.ToArray() : "[\"a\"]"u8.ToArray()));
        var run = await Client.RunAsync(server.Url, "10", "1", "--list");
        Assert.Equal(1, run.Record!.Errors["bytes"]);
        Assert.Equal(9, run.Record.Operations);
    }

    /// <summary>A reply that fills the client's buffer of 64 KiB to the last byte used to hide what came behind it.</summary>
    [Fact]
    public async Task SurplusBehindAReplyOf64KiB_IsCaught()
    {
        const string BigHead = Head + "Content-Length: 65494\r\n\r\n";
        var body = new string('x', 65_536 - BigHead.Length);
        Assert.Equal(65_494, body.Length);
        await using var server = new RawServer(_ => RawReply.Text(BigHead + body + "surplus"));
        var run = await Client.RunAsync(server.Url, "40", "1", "--request", "GET /x -> 200 {any}", "--concurrency", "2");
        // What comes later than the reply can't be known when it is judged: then the connection is given up.
        Assert.InRange(run.Record!.Errors["framing"], 20, 40);
    }

    private static string Fill(string lie, byte[] blob)
    {
        string Latin(byte[] bytes) => System.Text.Encoding.Latin1.GetString(bytes);
        var corrupt = blob.ToArray();
        corrupt[700] ^= 0x20;
        var other = BlobContent.Make(4711, blob.Length);
        return lie.Replace("{blob}", Latin(blob), StringComparison.Ordinal)
            .Replace("{short}", Latin(blob[..^1]), StringComparison.Ordinal)
            .Replace("{corrupt}", Latin(corrupt), StringComparison.Ordinal)
            .Replace("{other}", Latin(other), StringComparison.Ordinal)
            .Replace("{zeros}", new string('\0', blob.Length), StringComparison.Ordinal)
            .Replace("{long}", new string('x', 40_000), StringComparison.Ordinal);
    }
}
