using Blobs.TestSupport;

namespace Graph.Tests;

/// <summary>Graph --look, which StudyPlan asks after each block of the schedule.</summary>
public sealed class LookTests
{
    private static readonly Simulation Study =
        new() { Procs = [1, 2, 4], Actions = ["put", "get"], Control = true, Noise = 0.01 };

    [Fact]
    public async Task A_decided_study_has_nothing_open()
    {
        var (exitCode, output) = await LookAsync(Study with { Truth = (_, procs) => 10_000 * (procs == 2 ? 1.4 : 1) });

        Assert.Equal(0, exitCode);
        Assert.Matches(
            @"^open 0 of 6\nanswer so far: 2 processes faster \(x1\.\d\d\), 4 processes equivalent \(x(1\.0|0\.9)\d\)\n$",
            output);
    }

    [Fact]
    public async Task A_study_of_one_block_has_all_open() => Assert.StartsWith(
        "open 6 of 6\nanswer so far: 2 and 4 processes still open (",
        (await LookAsync(Study with { Blocks = 1 })).Output,
        StringComparison.Ordinal);

    [Fact]
    public async Task The_last_look_decides_what_an_early_one_leaves_open()
    {
        var close = Study with { Noise = 0.05, Seed = 3, Truth = (_, procs) => procs == 1 ? 10_000 : 11_800 };

        Assert.True(Open((await LookAsync(close)).Output) > Open((await LookAsync(close, "--final")).Output));
    }

    private static int Open(string output) => int.Parse(output.Split(' ')[1], null);

    private static async Task<(int ExitCode, string Output)> LookAsync(Simulation study, params string[] more)
    {
        using var directory = new TempDirectory();
        var (exitCode, output, errors) = await GraphProgram.RunAsync(
            [directory.Write("runs.jsonl", study.Records()), "--look", "--out", directory["out"], .. more]);
        Assert.Equal("", errors);
        Assert.False(Directory.Exists(directory["out"]));
        return (exitCode, output);
    }
}
