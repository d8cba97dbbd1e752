using Blobs.TestSupport;
using RequestClient.Tests.Servers;

namespace RequestClient.Tests;

/// <summary>What people see and what other tools read.</summary>
public sealed class DisplayTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Terminal_LongRun_ALiveLineAndThenTheSummary()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var output = await OnTerminalAsync($"{Client.Program} 0 1 --baseline --duration 2 --url {server.Url}", noColour: true);
        Assert.Matches(@"baseline \S+  [\d,]+/s  p99 [\d.]+ [um]s  0 errors  0:0\d left", output);
        Assert.Contains("operations of 1 KiB in", output, StringComparison.Ordinal);
        Assert.DoesNotContain("[38;5;", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminal_ShortRun_OnlyTheSummary()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var output = await OnTerminalAsync($"{Client.Program} 20 1 --baseline --url {server.Url}", noColour: false);
        Assert.Contains("baseline: 20 operations of 1 KiB in", output, StringComparison.Ordinal);
        Assert.DoesNotContain("0 errors", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hgrm_ATableForEachStep()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        await Client.RunAsync(server.Url, "30", "1", "--get", "--hgrm", _directory["closed.hgrm"]);
        await Client.RunAsync(server.Url, "30", "1", "--baseline", "--rate", "500", "--hgrm", _directory["open.hgrm"]);
        var files = Directory.GetFiles(_directory.FullPath).Select(file => Path.GetFileName(file)!).Order().ToList();
        Assert.Equal(["closed.get.hgrm", "closed.put.hgrm", "open.hgrm", "open.service.hgrm"], files);
        var texts = files.Select(file => File.ReadAllText(_directory[file]));
        Assert.All(texts, text => Assert.Contains("Total count    =           30]", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AllowErrors_ReportsThemAndExitsZero()
    {
        await using var server = new RawServer(_ => RawReply.Status("500 Oops"));
        var run = await Client.RunAsync(server.Url, "30", "1", "--baseline", "--allow-errors");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal((0, 30), (run.Record!.Operations, run.Record.Errors["status-500"]));
        Assert.Matches("errors +30 x status-500, first: baseline", run.Output);
    }

    /// <summary>script(1) gives a program a terminal.</summary>
    private static async Task<string> OnTerminalAsync(string command, bool noColour)
    {
        var environment = new Dictionary<string, string?>
        {
            ["TERM"] = "xterm-256color",
            ["COLUMNS"] = "120",
            ["NO_COLOR"] = noColour ? "1" : null,
        };
        var (exitCode, output, _) = await ChildProcess.RunAsync(
            "script", ["--quiet", "--return", "--command", command, "/dev/null"], environment);
        Assert.Equal(0, exitCode);
        return output;
    }
}
