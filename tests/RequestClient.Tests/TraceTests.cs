using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Blobs.TestSupport;
using RequestClient.Tests.Servers;

namespace RequestClient.Tests;

/// <summary>Loads that a file describes, second by second, and mixes of actions.</summary>
public sealed class TraceTests : IDisposable
{
    private const string Actions = """
        [create]
        feed load.tsv
        POST /people {person} -> 201 {empty} | 422
        keep place Location
        GET {place} -> 200 ~{person}
        counted by /count

        [search]
        feed load.tsv
        GET /people?t={term} -> 200 | 400 {same}
        """;

    private readonly TempDirectory _directory = new();
    private readonly ConcurrentDictionary<string, string> _people = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Trace_EachLineItsAction_DueWhenItSays_TheBooksCountThoseOfStatus201()
    {
        var beganAt = new ConcurrentDictionary<string, long>();
        await using var server = new RawServer(request =>
        {
            beganAt.TryAdd(request.Path + Encoding.UTF8.GetString(request.Body), Stopwatch.GetTimestamp());
            return Answer(request);
        });
        Write(
            "at\taction\tstatus\tperson\tterm",
            "0\tcreate\t201\t{\"a\":\"1\"}\t", "0.3\tcreate\t201\t{\"a\":\"2\"}\t", "0.300\tsearch\t400\t\t",
            "0.9\tsearch\t200\t\tx",
            "1.2\tcreate\t422\t{\"a\":\"1\"}\t");
        var run = await RunAsync(server);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var record = run.Record!;
        Assert.Equal(("load", 5, 7), (record.Action, record.Operations, record.Requests));
        Assert.Equal(["create.post", "create.get", "search.get"], record.Latency.Keys);
        Assert.Equal((3, 2, 2), (record.Latency["create.post"].Count, record.Latency["create.get"].Count, record.OpenLoop!.FromDue["search.get"].Count));
        Assert.Equal((2, 2, true), (record.Books!.Counted, record.Books.Stored, record.Books.Balanced));
        Assert.InRange(record.ElapsedSeconds, 1.19, 6);
        Assert.Equal(5 / 1.2, record.OpenLoop.RatePerSecond, 3);
        // The server lives in a busy process, so only what can't be early is asserted closely.
        var first = beganAt["/people{\"a\":\"1\"}"];
        Assert.InRange(Stopwatch.GetElapsedTime(first, beganAt["/people{\"a\":\"2\"}"]).TotalSeconds, 0.15, 5);
        Assert.InRange(Stopwatch.GetElapsedTime(first, beganAt["/people?t=x"]).TotalSeconds, 0.75, 5);
    }

    [Fact]
    public async Task StatusOfTheLine_IsTheOnlyRightOne()
    {
        await using var server = new RawServer(Answer);
        Write("at\taction\tstatus\tperson\tterm", "0\tcreate\t201\tx\t", "0.1\tcreate\t201\tx\t", "0.2\tcreate\t422\ty\t");
        var run = await RunAsync(server);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(new Dictionary<string, long> { ["status-201"] = 1, ["status-422"] = 1 }, run.Record!.Errors);
        Assert.Contains("(operation 1, line 3 of the feed): status 422, wanted 201", run.Output, StringComparison.Ordinal);
        Assert.Contains("(operation 2, line 4 of the feed): status 201, wanted 422", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amount_FirstLinesOnly()
    {
        await using var server = new RawServer(Answer);
        Write(
            [
                "at\taction\tterm", .. Enumerable.Range(0, 100)
                    .Select(line => string.Create(CultureInfo.InvariantCulture, $"{line * 0.01:0.00}\tsearch\tx"))
            ]);
        Assert.Equal(7, (await RunAsync(server, "7")).Record!.Operations);
        Assert.Equal(50, (await RunAsync(server, "0", "--duration", "0.5")).Record!.Operations);
        Assert.Equal(2, (await RunAsync(server, "0", "--rate", "5")).ExitCode);
        Assert.Equal(2, (await RunAsync(server, "0", "--warmup", "1s")).ExitCode);
    }

    [Theory]
    [InlineData("at\tterm", "0\tx", ":1:1: a trace has a column action")]
    [InlineData("at\taction", "0\tcount", ":2:3: no action is called count")]
    [InlineData("at\taction\tperson\tterm", "x\tsearch\t\tx", ":2:1: 'x' is no number of seconds")]
    [InlineData("term\tat\taction\tperson", "x\t-1\tsearch\t", ":2:3: '-1' is no number of seconds")]
    [InlineData("at\taction\tperson\tterm", "1\tsearch\t\tx\n0.5\tsearch\t\tx", ":3:1: it is due before the line above it")]
    [InlineData("at\taction\tterm\tstatus", "1\tsearch\tx\t404", ":2:12: '404' is no status of [search], which knows 200 400")]
    [InlineData("at\taction", "1\tsearch", "{term} is nothing that a path can hold")]
    public async Task Mistake_IsNamedWithItsPlace(string columns, string lines, string expected)
    {
        await using var server = new RawServer(Answer);
        Write(columns, lines);
        var run = await RunAsync(server);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    /// <summary>The client's own lateness at the rate of the contest's end: bounded, or said.</summary>
    [Fact]
    public async Task SevenHundredASecond_TheClientIsOnTime_OrSaysThatItIsNot()
    {
        await using var server = new RawServer(_ => RawReply.Empty);
        Write(
            [
                "at\taction\tterm", .. Enumerable.Range(0, 1400)
                    .Select(line => string.Create(CultureInfo.InvariantCulture, $"{line / 700.0:0.000000}\tsearch\tx"))
            ]);
        var run = await RunAsync(server, "0", "--concurrency", "50");
        Assert.Equal(1400, run.Record!.Operations);
        var loop = run.Record.OpenLoop!;
        Assert.Equal(700, loop.RatePerSecond, 1.0);
        Assert.True(loop.FellBehind || loop.LateStarts <= 14, $"{loop.LateStarts} late and not a word of it");
        Assert.Equal(loop.FellBehind, run.Output.Contains("IT FELL BEHIND", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mix_EachRoundHasEveryActionAsOftenAsItWeighs()
    {
        var asked = new ConcurrentQueue<string>();
        await using var server = new RawServer(request =>
        {
            asked.Enqueue(request.Path[..2]);
            return RawReply.Empty;
        });
        File.WriteAllText(
            _directory["actions.conf"], "[a]\nGET /a{id} -> 200\n[b]\nGET /b{id}\nGET /c -> 200 {same}\n[m]\nmix a 3 b 2\n");
        var run = await Client.RunAsync(
            server.Url, "50", "0", "--action", "m", "--actions", _directory["actions.conf"], "--concurrency", "1");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(["a.get", "b.get", "b.get-2"], run.Record!.Latency.Keys);
        var paths = asked.ToList();
        // The first two are the rehearsal, which [b] needs.
        Assert.Equal(["/b", "/c"], paths[..2]);
        for (var round = 0; round < 10; round++)
            Assert.Equal(["/a", "/a", "/a", "/b", "/b", "/c", "/c"], paths.Skip(2 + (7 * round)).Take(7).Order());
        Assert.NotEqual(["/a", "/a", "/a", "/b", "/c", "/b", "/c"], paths[2..9]);
    }

    private RawReply Answer(RawRequest request)
    {
        if (request.Path == "/count") return RawReply.Status("200 OK", Encoding.UTF8.GetBytes($"{_people.Count}"));
        if (request.Path == "/people?t=") return RawReply.Status("400 Bad", "no term"u8.ToArray());
        if (request.Path.StartsWith("/people?", StringComparison.Ordinal)) return RawReply.Status("200 OK", "[]"u8.ToArray());
        if (request.Method == "GET")
        {
            return RawReply.Status(
                "200 OK", Encoding.UTF8.GetBytes($"[{_people.Single(person => person.Value == request.Path).Key}]"));
        }

        var body = Encoding.UTF8.GetString(request.Body);
        var place = $"/people/{_people.Count}";
        return _people.TryAdd(body, place)
            ? RawReply.Text($"HTTP/1.1 201 Created\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n")
            : RawReply.Status("422 Taken");
    }

    private void Write(params string[] lines)
    {
        File.WriteAllText(_directory["actions.conf"], Actions);
        File.WriteAllLines(_directory["load.tsv"], lines);
    }

    private Task<ClientRun> RunAsync(RawServer server, string amount = "0", params string[] options) => Client.RunAsync(
        server.Url, [amount, "0", "--trace", _directory["load.tsv"], "--actions", _directory["actions.conf"], .. options]);
}
