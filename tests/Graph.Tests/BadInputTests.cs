using Blobs.TestSupport;

namespace Graph.Tests;

/// <summary>Inputs that can't be used end with status 1 and one line that names file, line and remedy.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("", "runs.jsonl: empty: run ./run-test.sh")]
    [InlineData("\n \n", "runs.jsonl: empty: run ./run-test.sh")]
    [InlineData("1 put 1000 10 1.5\n2 put 1000\n", "runs.jsonl:2: has 3 columns")]
    [InlineData("\n\n2 put 1000\n", "runs.jsonl:3: has 3 columns")]
    [InlineData("\u0000\u0001\u0002\u001b[2J", "runs.jsonl:1: has 1 columns")]
    [InlineData("{}\n", "runs.jsonl:1: ")]
    [InlineData("{\"schema\":1,\"act", "runs.jsonl:1: the line is cut off")]
    [InlineData("{\"schema\":99", "runs.jsonl:1: the line is cut off")]
    [InlineData("{[[[[[[[[[\n", "runs.jsonl:1: ")]
    public async Task Text_that_is_no_study_is_refused(string text, string expected)
    {
        using var directory = new TempDirectory();
        var path = directory.Write("runs.jsonl", text);

        var (exitCode, output, errors) = await GraphProcess.RunAsync(path, "--out", directory["out"]);

        Assert.Equal((1, ""), (exitCode, output));
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.DoesNotContain(line, char.IsControl);
        Assert.False(Directory.Exists(directory["out"]));
    }

    public static TheoryData<string, string> SenselessValues => new()
    {
        { "\"elapsedSeconds\":2", "\"elapsedSeconds\":0" },
        { "\"elapsedSeconds\":2", "\"elapsedSeconds\":-1" },
        { "\"elapsedSeconds\":2", "\"elapsedSeconds\":1e999" },
        { "\"procs\":1", "\"procs\":0" },
        { "\"procs\":1", "\"procs\":100000" },
        { "\"amount\":20000", "\"amount\":0" },
        { "\"operations\":20000", "\"operations\":-5" },
        { "\"concurrency\":10", "\"concurrency\":0" },
        { "\"action\":\"put\"", "\"action\":\"\"" },
        { "\"action\":\"put\"", "\"action\":\"put it\"" },
        { "\"client\":0.5", "\"client\":-0.5" },
        { "\"schema\":1", "\"schema\":2" },
        { "\"errors\":{}", "\"errors\":{\"reset\":-1}" },
    };

    [Theory]
    [MemberData(nameof(SenselessValues))]
    public async Task A_record_that_makes_no_sense_is_refused_with_its_line(string right, string wrong)
    {
        using var directory = new TempDirectory();
        var path = directory.Write("runs.jsonl", [Simulation.Example with { Procs = 1 }, Simulation.Example with { Procs = 1 }]);
        var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains(right, lines[1], StringComparison.Ordinal);
        lines[1] = lines[1].Replace(right, wrong, StringComparison.Ordinal);
        await File.WriteAllLinesAsync(path, lines, TestContext.Current.CancellationToken);

        var (exitCode, _, errors) = await GraphProcess.RunAsync(path, "--out", directory["out"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("runs.jsonl:2: ", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_skip_bad_the_readable_lines_are_used()
    {
        using var directory = new TempDirectory();
        var path = directory.Write("runs.jsonl", new Simulation { Procs = [1, 2], Actions = ["put"] }.Records());
        await File.AppendAllTextAsync(path, "{\"schema\":1,\"action\":", TestContext.Current.CancellationToken);

        var (refused, _, _) = await GraphProcess.RunAsync(path, "--out", directory["out"]);
        var (exitCode, output, errors) = await GraphProcess.RunAsync(path, "--out", directory["out"], "--skip-bad");

        Assert.Equal((1, 0), (refused, exitCode));
        Assert.Contains("1 -> 2 processes", output, StringComparison.Ordinal);
        Assert.Contains("runs.jsonl:11: the line is cut off: left out", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_file_is_refused()
    {
        using var directory = new TempDirectory();

        Assert.Contains("not found", (await GraphProcess.RunAsync(directory["nothing"])).StandardError, StringComparison.Ordinal);
        Assert.Contains("not found", (await GraphProcess.RunAsync(directory.FullPath)).StandardError, StringComparison.Ordinal);
        Assert.Contains("not a regular file", (await GraphProcess.RunAsync("/dev/zero")).StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_without_a_process_count_are_no_study()
    {
        using var directory = new TempDirectory();
        var path = directory.Write("runs.jsonl", [Simulation.Example]);

        var (exitCode, _, errors) = await GraphProcess.RunAsync(path, "--out", directory["out"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("no run that can be used", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cant_be_written_is_named()
    {
        using var directory = new TempDirectory();
        var path = directory.Write("runs.jsonl", new Simulation { Procs = [1], Actions = ["put"], Blocks = 1 }.Records());

        var (exitCode, _, errors) = await GraphProcess.RunAsync(path, "--out", path);

        Assert.Equal(1, exitCode);
        Assert.Contains("name a folder with --out", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--runs", "0")]
    [InlineData("--runs", "five")]
    [InlineData("--nonsense")]
    public async Task Bad_usage_ends_with_2(params string[] arguments)
    {
        var (exitCode, _, errors) = await GraphProcess.RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.NotEmpty(errors);
    }
}
