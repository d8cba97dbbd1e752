using System.Text;
using Blobs.TestSupport;
using RequestClient.Tests.Servers;

namespace RequestClient.Tests;

/// <summary>Operations that a store counts: each value once, and as many as were answered.</summary>
public sealed class CountedActionTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private long _granted;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("1")]
    [InlineData("3")]
    public async Task Capped_HundredGrantsAndThenNone_TheBooksReachTheStore(string threads)
    {
        await using var server =
            new RawServer(request => request.Path == "/count" ? Text($"{Math.Min(100, _granted)}") : Grant(limit: 100));
        var run = await RunAsync(server, "capped", "--threads", threads);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(300, run.Record!.Operations);
        Assert.Equal((100, 100, true), (run.Record.Books!.Counted, run.Record.Books.Stored, run.Record.Books.Balanced));
        Assert.Contains("counted 100, stored 100", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ValueThatCameBefore_IsAnErrorOfItsOwn_AndTheStoreHoldsLessThanWasGranted()
    {
        // As a service that reads, and then writes the next: the store holds the largest number, whoever was told of it.
        await using var server = new RawServer(request => request.Path == "/count"
            ? Text($"{{\"count\":{Math.Min(250, Interlocked.Read(ref _granted))}}}")
            : Text($"{{\"n\":{Interlocked.Increment(ref _granted) % 250}}}"));
        var run = await RunAsync(server, "uncapped");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal((250, 50), (run.Record!.Operations, run.Record.Errors["twice"]));
        Assert.Equal((300, 250, false), (run.Record.Books!.Counted, run.Record.Books.Stored, run.Record.Books.Balanced));
    }

    [Fact]
    public async Task StoreThatLostOne_BooksDoNotBalanceAndStatusOne()
    {
        await using var server = new RawServer(request => request.Path == "/count"
            ? Text($"{Math.Max(0, Interlocked.Read(ref _granted) - 1)}") : Grant(limit: 1000));
        var run = await RunAsync(server, "uncapped");
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Record!.Errors);
        Assert.Equal((300, 299, false), (run.Record.Books!.Counted, run.Record.Books.Stored, run.Record.Books.Balanced));
        Assert.Contains("it holds 299 more than before, and the client was told of 300", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoNumber_NothingIsMeasured()
    {
        await using var server = new RawServer(request => request.Path == "/count" ? Text("many") : Grant(limit: 1000));
        var run = await RunAsync(server, "uncapped");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "/count answers no number: 'many'", Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(0, _granted);
    }

    [Fact]
    public async Task OtherTextOrStatus_NamedByKind()
    {
        var turn = 0;
        await using var server =
            new RawServer(request => request.Path == "/count" ? Text("0") : (Interlocked.Increment(ref turn) % 3) switch
            {
                0 => Text("{\"n\":}"),
                1 => Text($"{{\"n\":{turn}}} "),
                _ => RawReply.Status("503 No"),
            });
        var run = await RunAsync(server, "uncapped");
        Assert.Equal((0, 200, 100), (run.Record!.Operations, run.Record.Errors["bytes"], run.Record.Errors["status-503"]));
    }

    [Fact]
    public async Task TextBody_ArrivesWithItsIdAndLength()
    {
        var bodies = new System.Collections.Concurrent.ConcurrentBag<string>();
        await using var server = new RawServer(request =>
        {
            bodies.Add(Encoding.UTF8.GetString(request.Body));
            Assert.Contains("Content-Type: application/json\r\n", request.Head, StringComparison.Ordinal);
            return RawReply.Status("201 Created");
        });
        var run = await Client.RunAsync(server.Url, "20", "1", "--request", "POST /people {\"name\":\"é {id}\"} -> 201 {empty}");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(20, bodies.Distinct().Count());
        Assert.All(bodies, body => Assert.Matches("^\\{\"name\":\"é [0-9a-f]{32}\"\\}$", body));
        Assert.Equal(20 * Encoding.UTF8.GetByteCount(bodies.First()), run.Record!.Bytes);
    }

    private RawReply Grant(long limit)
    {
        var number = Interlocked.Increment(ref _granted);
        return Text(number <= limit ? $"{{\"n\":{number}}}" : "{\"Go\":\"away!\"}");
    }

    private static RawReply Text(string text) => RawReply.Status("200 OK", Encoding.UTF8.GetBytes(text));

    private Task<ClientRun> RunAsync(RawServer server, string action, params string[] options)
    {
        File.WriteAllText(_directory["actions.conf"], """
            [capped]
            GET / -> 200 {"n":{once}} | 200 {"Go":"away!"}
            counted by /count
            [uncapped]
            GET / -> 200 {"n":{once}}
            counted by /count
            """);
        return Client.RunAsync(
            server.Url,
            [
                "300", "1", "--action", action, "--actions", _directory["actions.conf"], "--concurrency", "6", .. options
            ]);
    }
}
