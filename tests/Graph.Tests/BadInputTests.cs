using Blobs.TestSupport;

namespace Graph.Tests;

/// <summary>
/// What the program says and how it ends when it can't do what is asked for; Inputs/ has the many ways of bad files.
/// </summary>
public sealed class BadInputTests
{
    [Fact]
    public async Task A_cut_off_file_ends_with_1_and_one_line_unless_bad_lines_are_skipped()
    {
        using var directory = new TempDirectory();
        var path = directory.Write("runs.jsonl", new Simulation { Procs = [1, 2], Actions = ["put"] }.Records());
        await File.AppendAllTextAsync(path, "{\"schema\":1,\"action\":", TestContext.Current.CancellationToken);

        var (refused, nothing, line) = await GraphProgram.RunAsync(path, "--out", directory["out"]);
        Assert.Equal((1, ""), (refused, nothing));
        Assert.Equal(
            $"Graph: {path}:11: the line is cut off: remove it, or give --skip-bad to leave out what can't be read",
            line.TrimEnd());
        Assert.False(Directory.Exists(directory["out"]));

        var (exitCode, output, errors) = await GraphProgram.RunAsync(path, "--out", directory["out"], "--skip-bad");
        Assert.Equal(0, exitCode);
        Assert.Contains("put: 2 processes x", output, StringComparison.Ordinal);
        Assert.Contains("runs.jsonl:11: the line is cut off: left out", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verdict_that_cant_be_written_is_named_as_it_was_given()
    {
        using var directory = new TempDirectory();
        var path = directory.Write("runs.jsonl", new Simulation { Procs = [1], Actions = ["put"] }.Records());

        var (exitCode, _, errors) = await GraphProgram.RunAsync(
            path, "--out", directory["out"], "--no-pictures", "--verdict-json", "/nowhere/verdict.json");

        Assert.Equal(
            (1, "Graph: --verdict-json /nowhere/verdict.json can't be written: name a file in a folder of yours"),
            (exitCode, errors.TrimEnd()));
    }

    [Fact]
    public async Task A_folder_that_cant_be_written_is_named()
    {
        using var directory = new TempDirectory();
        var path = directory.Write("runs.jsonl", new Simulation { Procs = [1], Actions = ["put"] }.Records());

        var (exitCode, _, errors) = await GraphProgram.RunAsync(path, "--out", path);

        Assert.Equal(1, exitCode);
        Assert.Contains(
            "name a folder with --out", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--runs is '0'", "--runs", "0")]
    [InlineData("--runs is 'five'", "--runs", "five")]
    [InlineData("there is no option --nonsense", "--nonsense")]
    [InlineData("--margin is '5'", "--margin", "5")]
    [InlineData("--margin is '-5%'", "--margin", "-5%")]
    public async Task Bad_usage_ends_with_2_and_says_what_is_meant(string expected, params string[] arguments)
    {
        var (exitCode, _, errors) = await GraphProgram.RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }
}
