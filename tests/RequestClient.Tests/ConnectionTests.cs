using RequestClient.Tests.Servers;

namespace RequestClient.Tests;

/// <summary>Connections are opened before the window, all of them.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task AllConnections_OpenBeforeTheFirstRequest()
    {
        // One more looked whether anybody listens. The server may still be accepting those that the client has opened.
        var allOpen = false;
        RawServer? server = null;
        server = new RawServer(_ =>
        {
            allOpen = SpinWait.SpinUntil(() => server!.Connections == 201, TimeSpan.FromSeconds(10));
            return RawReply.Empty;
        });
        await using var stopping = server;
        var run = await Client.RunProcessAsync(server.Url, "1", "1", "--baseline", "--concurrency", "200", "--timeout", "20");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.True(allOpen, $"{server.Connections} connections");
    }

    [Theory]
    [InlineData("http://localhost:{0}")]
    [InlineData("http://127.0.0.1:{0}/")]
    public async Task NamesAndSlashes_Understood(string form)
    {
        var paths = new List<string>();
        await using var server = new RawServer(request =>
        {
            lock (paths) paths.Add(request.Path);
            return RawReply.Empty;
        });
        var url = form.Replace("{0}", server.Url.Split(':')[^1], StringComparison.Ordinal);
        var run = await Client.RunAsync(url, "3", "1", "--baseline");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.All(paths, path => Assert.Equal("/", path));
    }
}
