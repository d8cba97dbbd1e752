using System.Collections.Concurrent;
using System.Text;
using Blobs.TestSupport;
using RequestClient.Tests.Servers;

namespace RequestClient.Tests;

/// <summary>Operations that carry data of their own and follow what was answered.</summary>
public sealed class FeedTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Columns_GoIntoPathHeaderAndBody_LineByLineAndAgainFromTheFirst()
    {
        var asked = new ConcurrentQueue<string>();
        await using var server = new RawServer(request =>
        {
            var token = request.Head.Split("Authorization: Bearer ")[1].Split("\r\n")[0];
            asked.Enqueue($"{request.Path} {token} {Encoding.UTF8.GetString(request.Body)}");
            return RawReply.Status("201 Created");
        });
        // The lines differ in length, one of them so much that what is sent must grow; é has two bytes.
        var long2 = new string('x', 20_000);
        File.WriteAllText(_directory["d.tsv"], $"user\ttoken\ttext\r\nann\tt1\té\r\nbob\t{long2[..300]}\t{long2}\r\nc\t\t");
        var run = await RunAsync(server, 7, """
            feed d.tsv
            header Authorization: Bearer {token}
            POST /dialog/{user}/send {"text":"{text}","user":"{user}"} -> 201
            """, "--concurrency", "1");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        string[] lines =
        [
            "/dialog/ann/send t1 {\"text\":\"é\",\"user\":\"ann\"}",
            $"/dialog/bob/send {long2[..300]} {{\"text\":\"{long2}\",\"user\":\"bob\"}}",
            "/dialog/c/send  {\"text\":\"\",\"user\":\"c\"}",
        ];
        Assert.Equal([.. lines, .. lines, lines[0]], asked);
        Assert.Equal(asked.Sum(line => Encoding.UTF8.GetByteCount(line.Split(' ', 3)[2])), run.Record!.Bytes);
    }

    [Fact]
    public async Task Kept_FieldAndPieceOfAReply_AreAskedForNext()
    {
        var made = new ConcurrentDictionary<string, string>();
        await using var server = new RawServer(request =>
        {
            if (request.Method == "POST")
            {
                var number = $"{made.Count + 1000}";
                var text = Encoding.UTF8.GetString(request.Body);
                return made.TryAdd($"/items/{number}", text)
                    ? RawReply.Text($"HTTP/1.1 201 Created\r\nlocation:  http://elsewhere:99/items/{number} \r\nContent-Length: {14 + number.Length}\r\n\r\n{{\"number\":\"{number}\"}}x")
                    : RawReply.Status("500 No");
            }

            return made.TryGetValue(request.Path.Split('?')[0], out var item)
                ? RawReply.Status("200 OK", Encoding.UTF8.GetBytes($"<{item}, {request.Path}>"))
                : RawReply.Status("404 Not Found");
        });
        const string Action = """
            POST /items {id} -> 201 {any}
            keep place Location
            keep number '"number":"' '"'
            GET {place}?n={number} -> 200 ~<{id}, {place}
            GET /items/{number}?{number} -> 200 <{id}, /items/{number}?{number}>
            """;
        var run = await RunAsync(server, 50, Action, "--concurrency", "1");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(["post", "get", "get-2"], run.Record!.Latency.Keys);
        Assert.Equal((50, 150), (run.Record.Operations, run.Record.Requests));
    }

    [Fact]
    public async Task ReplyThatLacksWhatIsKept_IsAnErrorOfItsOwn()
    {
        await using var server = new RawServer(_ => RawReply.Status("201 Created", "{\"a\":\"\"}"u8.ToArray()));
        foreach (var keep in (string[])["keep place Location", "keep value '\"a\":\"' '\"'", "keep value 'b' ''"])
        {
            var run = await RunAsync(server, 5, $"POST / {{id}} -> 201\n{keep}");
            Assert.Equal((1, 0, 5), (run.ExitCode, run.Record!.Operations, run.Record.Errors["keep"]));
        }
    }

    [Fact]
    public async Task AnotherRightReply_EndsWithoutTheRequestsThatNeedMore()
    {
        var turn = 0;
        await using var server = new RawServer(request => request.Path switch
        {
            "/made" => RawReply.Status("200 OK", "made"u8.ToArray()),
            "/after" => RawReply.Status("200 OK"),
            _ => turn++ % 2 == 0
                ? RawReply.Text("HTTP/1.1 201 Created\r\nLocation: /made\r\nContent-Length: 0\r\n\r\n")
                : RawReply.Status("422 Taken"),
        });
        var run = await RunAsync(server, 40, """
            POST /new {id} -> 201 {empty} | 422
            keep place Location
            GET {place} -> 200 made
            GET /after -> 200 {empty}
            """, "--concurrency", "1");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(
            (40, 20, 40),
            (run.Record!.Latency["post"].Count, run.Record.Latency["get"].Count, run.Record.Latency["get-2"].Count));
    }

    [Fact]
    public async Task PartOfTheReply_IsLookedForInAllOfIt()
    {
        var turn = 0;
        await using var server = new RawServer(_ => (turn++ % 3) switch
        {
            0 => RawReply.Chunked(Encoding.UTF8.GetBytes(new string('a', 200_000) + $"n={turn};"), 1000),
            1 => RawReply.Status("200 OK", Encoding.UTF8.GetBytes($"n={turn};")),
            _ => RawReply.Status("200 OK", "n=;"u8.ToArray()),
        });
        var run = await RunAsync(server, 30, "GET /{id} -> 200 ~n={once};", "--concurrency", "1");
        Assert.Equal((20, 10), (run.Record!.Operations, run.Record.Errors["bytes"]));
        Assert.Contains("'n=;' is not the wanted text, or does not hold it", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherFeed_IsNamedOnTheCommandLine()
    {
        var paths = new ConcurrentBag<string>();
        await using var server = new RawServer(request =>
        {
            paths.Add(request.Path);
            return RawReply.Empty;
        });
        File.WriteAllText(_directory["other.tsv"], "unused\tpath\n\ta\n\tb\n");
        var run = await RunAsync(server, 4, "feed missing.tsv\nGET /{path} -> 200 {empty}", "--feed", _directory["other.tsv"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(["/a", "/a", "/b", "/b"], paths.Order());
        run = await RunAsync(server, 4, "feed missing.tsv\nGET /{path} -> 200 {empty}");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("missing.tsv can't be read", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\tb\n1\t2\n3\n", ":3:1: 1 cells, and the first line names 2 columns (a b)")]
    [InlineData("a\tb\n1\t2\t3\n", ":2:1: 3 cells, and the first line names 2 columns (a b)")]
    [InlineData("a\tb\n", " has no line behind the names of its columns")]
    [InlineData("a\tb\nx y\t2\n", ":2:1: 'x y' can't stand in a path or a header")]
    [InlineData("a\tb\nok\t2\nx\r\t2\n", ":3:1: 'x ' can't stand in a path or a header")]
    public async Task WrongLine_IsNamedBeforeAnythingIsSent(string feed, string expected)
    {
        await using var server = new RawServer(_ => RawReply.Empty);
        File.WriteAllText(_directory["f.tsv"], feed);
        var run = await RunAsync(server, 4, "feed f.tsv\nGET /{a} -> 200 {empty}");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"f.tsv{expected}", Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    private Task<ClientRun> RunAsync(RawServer server, int amount, string action, params string[] options)
    {
        File.WriteAllText(_directory["actions.conf"], $"[x]\n{action}\n");
        return Client.RunAsync(
            server.Url, [$"{amount}", "0", "--action", "x", "--actions", _directory["actions.conf"], .. options]);
    }
}
