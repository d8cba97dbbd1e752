using Blobs.TestSupport;

namespace Graph.Tests;

/// <summary>
/// An argument that can't be followed leaves nothing behind: neither tables without a verdict nor a verdict without tables.
/// </summary>
public sealed class WholeOrNothingTests
{
    [Theory]
    [InlineData("/nowhere/verdict.json")]
    [InlineData("/tmp")]
    [InlineData("")]
    public async Task A_verdict_that_cant_be_written_leaves_no_table(string verdict)
    {
        using var directory = new TempDirectory();
        var path = directory.Write("runs.jsonl", new Simulation { Procs = [1], Actions = ["put"] }.Records());

        var (exitCode, output, _) =
            await GraphProgram.RunAsync(path, "--out", directory["out"], "--no-pictures", "--verdict-json", verdict);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.False(Directory.Exists(directory["out"]));
    }

    [Fact]
    public async Task A_folder_that_cant_be_made_leaves_no_verdict()
    {
        using var directory = new TempDirectory();
        var path = directory.Write("runs.jsonl", new Simulation { Procs = [1], Actions = ["put"] }.Records());

        var (exitCode, _, _) =
            await GraphProgram.RunAsync(path, "--out", path, "--no-pictures", "--verdict-json", directory["verdict.json"]);

        Assert.Equal(1, exitCode);
        Assert.Equal([path], Directory.GetFileSystemEntries(directory.FullPath));
    }
}
