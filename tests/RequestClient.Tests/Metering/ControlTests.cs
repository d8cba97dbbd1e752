using Blobs.TestSupport;
using RequestClient.Tests.Servers;

namespace RequestClient.Tests.Metering;

/// <summary>What the supervisor says at both edges of the window.</summary>
public sealed class ControlTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string Socket => _directory["control.sock"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task CpuAndRequests_AreTheDifferencesBetweenTheEdges()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        await using var supervisor = new FakeSupervisor(
            Socket, Status(1, 2, 100, haproxyPid: 9), Status(1.5, 2.25, 110, haproxyPid: 9));
        var run = await Client.RunAsync(server.Url, "10", "1", "--baseline", "--control", Socket);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var record = run.Record!;
        Assert.Equal(2, record.Procs);
        Assert.Equal([0.5, 0.25], record.CpuSeconds.Workers!);
        Assert.Equal(0.25, record.CpuSeconds.Proxy);
        Assert.Equal(10, record.ProxyRequests);
        Assert.Equal([10, 10], record.RequestsPerWorker!);
    }

    [Fact]
    public async Task ProxyThatWasReplaced_CostUnknown()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        await using var supervisor = new FakeSupervisor(
            Socket, Status(1, 2, 100, haproxyPid: 9), Status(1.5, 2.25, 110, haproxyPid: 10));
        var run = await Client.RunAsync(server.Url, "10", "1", "--baseline", "--control", Socket);
        Assert.Null(run.Record!.CpuSeconds.Proxy);
        Assert.Equal([0.5, 0.25], run.Record.CpuSeconds.Workers!);
    }

    [Fact]
    public async Task NobodyThere_OneLine()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await Client.RunAsync(server.Url, "10", "1", "--baseline", "--control", Socket);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is MultiProc running", Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static string Status(double first, double second, long requests, int haproxyPid) =>
        FormattableString.Invariant($$$"""
        {"pid":1,"procs":2,"state":"ready","workers":[
          {"index":2,"port":8002,"pid":4,"state":"ready","restarts":0,"cpuSeconds":{{{second}}},"rssBytes":1,"requests":{{{requests}}}},
          {"index":1,"port":8001,"pid":3,"state":"ready","restarts":0,"cpuSeconds":{{{first}}},"rssBytes":1,"requests":{{{requests}}}}],
         "haproxy":{"pid":{{{haproxyPid}}},"port":8000,"state":"ready","restarts":0,"cpuSeconds":{{{second}}},"rssBytes":1,"requests":{{{requests}}}}}
        """);
}
