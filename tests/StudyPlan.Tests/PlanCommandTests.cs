using Blobs.TestSupport;

namespace StudyPlan.Tests;

/// <summary>The built command, as run-test.sh calls it.</summary>
public sealed class PlanCommandTests
{
    [Fact]
    public async Task A_plan_is_its_parameters_and_then_a_line_of_seven_columns_a_run()
    {
        var (exitCode, output, _) = await PlanAsync("--procs", "1 2", "--actions", "put get", "--scenarios", "200x10", "--runs", "3", "--seed", "7");
        Assert.Equal(0, exitCode);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("# seed 7", lines);
        Assert.Contains("# procs 1 2", lines);
        var runs = lines.Where(line => !line.StartsWith('#')).ToArray();
        Assert.Equal(12, runs.Length);
        Assert.All(runs, run => Assert.Matches(@"^[1-3] \d+ [12] (put|get) 200 10 haproxy$", run));
    }

    [Theory]
    [InlineData("1 zero", "put", "200x10", "5", "'zero'")]
    [InlineData("0", "put", "200x10", "5", "'0'")]
    [InlineData("1", "pu;t", "200x10", "5", "'pu;t'")]
    [InlineData("1", "put", "200", "5", "'200'")]
    [InlineData("1", "put", "0x10", "5", "'0x10'")]
    [InlineData("1", "put", "-1x10", "5", "'-1x10'")]
    [InlineData("1", "", "1x10", "5", "--actions is empty")]
    [InlineData("1", "put", "1x10", "0", "--runs")]
    [InlineData("1", "put", "1x10", "many", "--runs")]
    public async Task A_wrong_word_is_named_and_nothing_is_planned(string procs, string actions, string scenarios, string runs, string named)
    {
        var (exitCode, output, error) = await PlanAsync("--procs", procs, "--actions", actions, "--scenarios", scenarios, "--runs", runs);
        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string StandardOutput, string StandardError)> PlanAsync(params string[] arguments) =>
        ChildProcess.RunAsync(Repository.Program("StudyPlan"), arguments);
}
