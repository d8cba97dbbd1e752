using Blobs.TestSupport;
using RequestClient.Tests.Servers;
using StudyResults;

namespace RequestClient.Tests;

/// <summary>The client's own ceiling.</summary>
public sealed class CeilingTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string Ceilings => _directory["ceilings.jsonl"];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("baseline", 0)]
    [InlineData("list", 0)]
    [InlineData("get", 300)]
    [InlineData("flag", 10)]
    public async Task Ceiling_AnyAction_RightRepliesAndARecord(string action, int sizeKiB)
    {
        var (exitCode, output, errors) = await MeasureAsync(action, sizeKiB);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Matches("errors +none", output);
        var record = Assert.Single(RunLog.Read(Ceilings));
        Assert.Equal((action, sizeKiB, 3, "client-ceiling"), (record.Action, record.SizeKiB, record.Concurrency, record.Proxy));
        Assert.InRange(record.Operations, 1, long.MaxValue); // how many a busy machine does in that time is no matter
    }

    [Fact]
    public async Task Run_WithCeilings_RecordsTheOneOfItsCell()
    {
        await MeasureAsync("put", 1);
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await Client.RunAsync(server.Url, "20", "1", "--put", "--concurrency", "3", "--ceiling", Ceilings);
        Assert.Equal(0, run.ExitCode);
        var ceiling = Assert.Single(RunLog.Read(Ceilings));
        Assert.Equal(ceiling.Operations / ceiling.ElapsedSeconds, run.Record!.ClientCeilingPerSecond);
        Assert.Matches(@"\d+ % of the client's ceiling", run.Output);

        var other = await Client.RunAsync(server.Url, "20", "1", "--put", "--concurrency", "4", "--ceiling", Ceilings);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("measure it with 'RequestClient ceiling 1 --put --concurrency 4", other.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientKilled_ItsServerEnds()
    {
        await using var client = ChildProcess.Start(Client.Program, ["ceiling", "1", "--put", "--duration", "60"]);
        var server = 0;
        await Eventually.HoldsAsync(
            () => (server = ChildOf(client.Pid)) > 0, () => "no trivial server was started", TimeSpan.FromSeconds(10));
        client.Signal("KILL");
        await client.WaitForExitAsync();
        await Eventually.HoldsAsync(
            () => !Directory.Exists($"/proc/{server}"), () => $"process {server} goes on", TimeSpan.FromSeconds(10));
    }

    private Task<(int ExitCode, string StandardOutput, string StandardError)> MeasureAsync(string action, int sizeKiB) =>
        ChildProcess.RunAsync(
        Client.Program,
        [
            "ceiling", $"{sizeKiB}", $"--{action}", "--concurrency", "3", "--duration", "0.2", "--record", Ceilings
        ]);

    private static int ChildOf(int pid) => Directory.GetDirectories($"/proc/{pid}/task")
        .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(child => int.Parse(child, System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();
}
