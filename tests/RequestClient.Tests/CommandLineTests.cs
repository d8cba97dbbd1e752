using Blobs.TestSupport;
using RequestClient.Tests.Servers;

namespace RequestClient.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("give one action", "1", "1")]
    [InlineData("give one action", "1", "1", "--put", "--get")]
    [InlineData("there is no option --bogus", "--bogus")]
    [InlineData("there is no option --bogus", "1", "--bogus", "--put")]
    [InlineData("AMOUNT 0 needs an end", "0", "1", "--put")]
    [InlineData("--duration 30s", "0", "1", "--put")]
    [InlineData(
        "/nowhere.tsv can't be read (Could not find file '/nowhere.tsv'): name a file of values", "1", "1", "--trace",
        "/nowhere.tsv")]
    [InlineData("AMOUNT -1", "-1", "1", "--put")]
    [InlineData("--concurrency 0", "1", "1", "--put", "--concurrency", "0")]
    [InlineData("known are study, block", "1", "1", "--put", "--note", "colour=red")]
    [InlineData("wanted KEY=VALUE", "1", "1", "--put", "--note", "study")]
    [InlineData("no positive number", "1", "1", "--put", "--note", "block=one")]
    [InlineData("--url", "1", "1", "--put", "--url", "ftp://there")]
    [InlineData("no TLS", "1", "1", "--put", "--url", "https://there")]
    [InlineData("--url http://there/?q", "1", "1", "--put", "--url", "http://there/?q")]
    [InlineData("AMOUNT x: wanted a number", "x", "1", "--put")]
    [InlineData("SIZE 99999999999: wanted a number", "1", "99999999999", "--put")]
    [InlineData("--rate x: wanted a number", "1", "1", "--put", "--rate", "x")]
    [InlineData("--duration x: wanted a time such as 500ms, 3s or 2m", "0", "1", "--put", "--duration", "x")]
    [InlineData("--concurrency 1e3: wanted a number", "1", "1", "--put", "--concurrency", "1e3")]
    [InlineData("--user a b", "1", "1", "--put", "--user", "a b")]
    [InlineData("leave it out", "0", "1", "--put", "--rate", "5", "--find-max", "--slo", "p99=1ms")]
    [InlineData("--record is empty", "1", "1", "--put", "--record", "")]
    [InlineData("--ceiling is empty", "1", "1", "--put", "--ceiling", "")]
    [InlineData("--record is empty", "ceiling", "1", "--put", "--record", "")]
    [InlineData("SIZE x: wanted a number", "ceiling", "x", "--put")]
    [InlineData("Required argument 'SIZE' missing", "1", "--put")]
    [InlineData("--feed: put takes no values from one: leave it out", "1", "1", "--put", "--feed", "values.tsv")]
    [InlineData("--feed: request takes no values from one", "1", "1", "--request", "POST / x -> 201", "--feed", "values.tsv")]
    [InlineData("--feed: a trace takes no values", "1", "1", "--trace", "/nowhere.tsv", "--feed", "values.tsv")]
    [InlineData("--actions says what an --action", "1", "1", "--put", "--actions", "actions.conf")]
    public async Task BadUsage_StatusTwoAndAReason(string reason, params string[] arguments)
    {
        var (exitCode, _, errors) = await Client.CallAsync(arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no option --bogus", "5", "5", "--bogus")]
    [InlineData("7 is one argument too many", "5", "5", "7")]
    public async Task WordThatNobodyKnows_IsAllThatIsSaid(string reason, params string[] arguments)
    {
        var (exitCode, _, errors) = await Client.CallAsync(arguments);
        Assert.Equal((2, $"RequestClient: {reason}\nRequestClient: see RequestClient --help\n"), (exitCode, errors));
    }

    /// <summary>Whoever reads it a second time, as we do, would wait for ever.</summary>
    [Theory]
    [InlineData("--trace")]
    [InlineData("--action", "save", "--actions")]
    [InlineData("--action", "save", "--actions", "actions.conf", "--feed")]
    public async Task PipeInPlaceOfAFile_Refused(params string[] arguments)
    {
        using var directory = new TempDirectory();
        await ChildProcess.RunAsync("mkfifo", [directory["pipe"]]);
        File.WriteAllLines(directory["actions.conf"], ["[save]", "feed x.tsv", "GET /{name} -> 200"]);
        var (exitCode, _, errors) = await Client.CallAsync(
            ["1", "1", .. arguments.Select(word => word == "actions.conf" ? directory[word] : word), directory["pipe"]]);
        Assert.Equal(2, exitCode);
        Assert.Contains($"{directory["pipe"]} can't be read", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">&-")]
    [InlineData(">/dev/full")]
    public async Task OutputThatCannotBeWritten_OneLineWithTheRemedy(string redirection)
    {
        var (exitCode, _, errors) = await ChildProcess.RunAsync("sh", ["-c", $"{Client.Program} --help {redirection}"]);
        Assert.Equal(1, exitCode);
        Assert.Matches("^RequestClient: can't write .*: see that standard output is open.*\n$", errors);
    }

    [Fact]
    public async Task Notes_EndUpInTheRecord()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await Client.RunAsync(
            server.Url, "5", "1", "--baseline", "--procs", "4", "--note", "study=s", "--note", "block=2", "--note", "order=9",
            "--note", "proxy=haproxy", "--note", "store=BlobsServer on ext4", "--note", "cpuLimit=0.5", "--note",
            "durability=none",
            "--note", "software=HAProxy 2.6");
        var record = run.Record!;
        Assert.Equal((4, "s", 2, 9), (record.Procs, record.Study, record.Block, record.Order));
        Assert.Equal(
            ("haproxy", "BlobsServer on ext4", 0.5, "none"), (record.Proxy, record.Store, record.CpuLimit, record.Durability));
        Assert.Matches(@"^RequestClient \d+\.\d+\.\d+(\+[0-9a-f]{9})?, HAProxy 2\.6$", record.Software);
    }

    [Fact]
    public async Task Json_TheRecordAndNothingElse()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await Client.RunAsync(server.Url, "5", "1", "--baseline", "--json");
        Assert.Equal(StudyResults.RunLog.ToJson(run.Record!), run.Output.TrimEnd());
    }

    /// <summary>A folder that is not there, and one in which nobody may make a file, not even root.</summary>
    [Theory]
    [InlineData("/no/such/folder/x.hgrm")]
    [InlineData("/proc/x.hgrm")]
    public async Task PercentilesThatCannotBeWritten_SaidBeforeTheRun(string file)
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await Client.RunAsync(server.Url, "5", "1", "--baseline", "--hgrm", file);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(
            $"--hgrm {file} can't be written", Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task HelpOfACommand_NamesItsOwnArgumentsOnly()
    {
        var (exitCode, output, _) = await ChildProcess.RunAsync(Client.Program, ["ceiling", "--help"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("RequestClient ceiling <SIZE> [options]", output, StringComparison.Ordinal);
        Assert.DoesNotContain("AMOUNT", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecordThatCannotBeWritten_SaidBeforeTheRun()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var (exitCode, _, errors) = await ChildProcess.RunAsync(
            Client.Program, ["5", "1", "--baseline", "--url", server.Url, "--record", "/nowhere/runs.jsonl"]);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("RequestClient: --record /nowhere/runs.jsonl can't be written", errors, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Signal_EndsTheRunWithItsStatus(string signal, int status)
    {
        await using var server = new RawServer(new BlobStore().Answer);
        await using var client = ChildProcess.Start(
            Client.Program, ["0", "1", "--baseline", "--url", server.Url, "--duration", "60"]);
        await Eventually.HoldsAsync(() => server.Requests > 10, () => "no requests came", TimeSpan.FromSeconds(20));
        client.Signal(signal);
        Assert.Equal(status, await client.WaitForExitAsync(TimeSpan.FromSeconds(10)));
    }
}
