namespace MultiProc.Tests.Load;

/// <summary>The load that the others judge by must not mend by itself what they look for.</summary>
public sealed class BlobLoadTests
{
    [Theory(Timeout = 60_000)]
    [InlineData("DELETE")]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task Request_OnAConnectionThatIsClosed_IsSentOnceAndFails(string method)
    {
        await using var server = new ClosingServer(method);
        using var load = new BlobLoad(server.Url);
        var closed = "";
        await load.DuringAsync(async () => closed = await server.Closed.WaitAsync(TestContext.Current.CancellationToken));
        var failure = Assert.Single(load.Failures);
        Assert.Equal(BlobLoad.NoAnswer, failure.Reason);
        Assert.EndsWith("/" + failure.Request.Split(' ')[1], closed, StringComparison.Ordinal);
        Assert.Single(server.Requests, request => request == closed);
        Assert.Equal(load.Requests, server.Requests.Count);
    }
}
