using Blobs.TestSupport;
using RequestClient.Tests.Servers;
using StudyResults;

namespace RequestClient.Tests;

/// <summary>Connections spread over several threads: the same operations, counted once.</summary>
public sealed class ThreadsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("put", "7", "2", 2)]
    [InlineData("get", "5", "3", 3)]
    [InlineData("get", "2", "8", 2)]
    [InlineData("list", "4", "4", 4)]
    public async Task ClosedLoop_EveryOperationOnce(string action, string connections, string threads, int used)
    {
        var store = new BlobStore();
        await using var server = new RawServer(store.Answer);
        var run =
            await Client.RunAsync(server.Url, "600", "3", $"--{action}", "--concurrency", connections, "--threads", threads);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var record = run.Record!;
        Assert.Equal((600, used), (record.Operations, record.Threads));
        Assert.Equal(server.Requests, record.Requests + (action == "list" ? 1 : 0)); // one for the rehearsal
        Assert.All(record.Latency.Values, latency => Assert.Equal(600, LatencyHistogram.Decode(latency.Histogram!).Count));
        Assert.Equal(action == "list" ? 0 : 600, store.Blobs.Count);
    }

    [Fact]
    public async Task OpenLoop_EveryOperationThatIsDueOnce()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await Client.RunAsync(
            server.Url, "0", "1", "--put", "--rate", "500", "--duration", "800ms", "--threads", "2", "--concurrency", "6");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(400, run.Record!.Operations);
        Assert.Equal(400, run.Record.OpenLoop!.FromDue["put"].Count);
    }

    [Fact]
    public async Task Errors_OfAllThreads_AreCounted()
    {
        var answers = 0;
        await using var server =
            new RawServer(_ => Interlocked.Increment(ref answers) % 3 == 0 ? RawReply.Status("500 Oops") : RawReply.Empty);
        var run = await Client.RunAsync(server.Url, "300", "1", "--baseline", "--threads", "3", "--concurrency", "6");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal((200, 100), (run.Record!.Operations, run.Record.Errors["status-500"]));
    }

    [Fact]
    public async Task Warmup_SettlesByTheSumOfAllThreads()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await Client.RunAsync(server.Url, "10", "1", "--baseline", "--threads", "2", "--warmup", "600ms");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var warmup = run.Record!.Warmup!;
        Assert.InRange(warmup.RatesPerSecond!.Sum() / 4, 0.2 * warmup.Operations, 1.5 * warmup.Operations);
    }

    [Fact]
    public async Task Ceiling_IsOneOfTheSameThreads()
    {
        var file = _directory["ceiling.jsonl"];
        var (exitCode, _, errors) = await ChildProcess.RunAsync(
            Client.Program,
            [
                "ceiling", "1", "--get", "--threads", "2", "--concurrency", "4", "--duration", "200ms", "--record", file
            ]);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal(2, Assert.Single(RunLog.Read(file)).Threads);
        await using var server = new RawServer(new BlobStore().Answer);
        var same =
            await Client.RunAsync(server.Url, "10", "1", "--get", "--threads", "2", "--concurrency", "4", "--ceiling", file);
        Assert.NotNull(same.Record!.ClientCeilingPerSecond);
        var other = await Client.RunAsync(server.Url, "10", "1", "--get", "--concurrency", "4", "--ceiling", file);
        Assert.Contains("none of this action, size, concurrency and threads", other.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auto_LeavesCoresToTheRest()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await Client.RunAsync(server.Url, "10", "1", "--baseline", "--threads", "auto");
        Assert.InRange(run.Record!.Threads!.Value, 1, Math.Max(1, Environment.ProcessorCount / 2));
    }
}
