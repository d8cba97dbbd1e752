using Blobs.TestSupport;

namespace StudyPlan.Tests;

/// <summary>The commands that begin a study, tell what is left of it and go on with it, as run-test.sh calls them.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task What_was_recorded_does_not_remain()
    {
        await BeginAsync();
        Record(1, 3);
        var (exitCode, output, _) = await PlanAsync("remaining", _directory.FullPath);
        Assert.Equal(0, exitCode);
        var plan = await File.ReadAllLinesAsync(_directory["plan.txt"], TestContext.Current.CancellationToken);
        Assert.Equal(plan.Where(line => !line.StartsWith('#')).Where((_, index) => index is not (0 or 2)), Lines(output));
    }

    [Fact]
    public async Task Its_variables_come_back_as_they_were_whatever_they_hold()
    {
        await BeginAsync("SERVER=it's \"$HOME\" `id` ; {dir}");
        var (exitCode, output, error) = await PlanAsync("resume", _directory.FullPath);
        Assert.True(exitCode == 0, error);
        var shell = await ChildProcess.RunAsync("bash", ["-c", $"{output}\nprintf '%s|' \"$PROCS\" \"$SEED\" \"$SERVER\""]);
        Assert.Equal("1 2|7|it's \"$HOME\" `id` ; {dir}|", shell.StandardOutput.TrimEnd('\n'));
    }

    [Fact]
    public async Task Only_variables_of_a_study_come_back()
    {
        await BeginAsync();
        var plan = await File.ReadAllTextAsync(_directory["plan.txt"], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_directory["plan.txt"], "# path /nowhere\n# ld_preload x.so\n" + plan, TestContext.Current.CancellationToken);
        var (_, output, _) = await PlanAsync("resume", _directory.FullPath);
        Assert.All(Lines(output), line => Assert.Contains(line.Split('=')[0], Variable.Known));
    }

    [Fact]
    public async Task A_changed_parameter_is_refused()
    {
        await BeginAsync("DURABILITY=none");
        var (exitCode, output, error) = await PlanAsync(["resume", _directory.FullPath], ("DURABILITY", "always"));
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("DURABILITY was 'none' when it was begun and is 'always' now", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_parameter_said_again_is_not()
    {
        await BeginAsync();
        Assert.Equal(0, (await PlanAsync(["resume", _directory.FullPath], ("PROCS", "1  2 "))).ExitCode);
    }

    [Fact]
    public async Task Another_machine_is_refused()
    {
        await BeginAsync();
        var plan = await File.ReadAllLinesAsync(_directory["plan.txt"], TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(_directory["plan.txt"], plan.Select(line => line.StartsWith("# machine", StringComparison.Ordinal) ? "# machine Abacus, 10 beads" : line), TestContext.Current.CancellationToken);
        var (exitCode, _, error) = await PlanAsync("resume", _directory.FullPath);
        Assert.Equal(1, exitCode);
        Assert.Contains("begun on Abacus, 10 beads, and this is ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_study_is_refused()
    {
        await BeginAsync();
        Record([.. Enumerable.Range(1, 8)]);
        var (exitCode, _, error) = await PlanAsync("resume", _directory.FullPath);
        Assert.Equal(1, exitCode);
        Assert.Contains("all of its runs are done", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_plan_is_refused()
    {
        var (exitCode, _, error) = await PlanAsync("resume", _directory.FullPath);
        Assert.Equal(1, exitCode);
        Assert.Contains("holds no plan.txt", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_off_record_is_named_with_its_line()
    {
        await BeginAsync();
        Record(1);
        await File.AppendAllTextAsync(_directory["runs.jsonl"], "{\"order\":2,\"act", TestContext.Current.CancellationToken);
        var (exitCode, _, error) = await PlanAsync("remaining", _directory.FullPath);
        Assert.Equal(1, exitCode);
        Assert.Contains("runs.jsonl:2: no run record", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_is_not_begun_on_top_of_another()
    {
        Record(1);
        var (exitCode, _, error) = await TryBeginAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("holds a study already", error, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private async Task BeginAsync(params string[] kept)
    {
        var (exitCode, output, error) = await TryBeginAsync(kept);
        Assert.True(exitCode == 0, error);
        Assert.Equal(_directory.FullPath, output.Trim());
    }

    private Task<(int ExitCode, string StandardOutput, string StandardError)> TryBeginAsync(params string[] kept) => PlanAsync(
    [
        "begin", "--out", _directory.FullPath, "--procs", "1 2", "--actions", "list put", "--scenarios", "10x1", "--runs", "2", "--seed", "7",
        .. kept.Length > 0 ? (string[])["--keep", .. kept] : [],
    ]);

    private void Record(params int[] orders) => File.WriteAllLines(_directory["runs.jsonl"], orders.Select(order =>
        $$"""{"schema":1,"order":{{order}},"action":"list","sizeKiB":1,"operations":10,"elapsedSeconds":0.5}"""));

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Task<(int ExitCode, string StandardOutput, string StandardError)> PlanAsync(params string[] arguments) => PlanAsync(arguments, []);

    private static Task<(int ExitCode, string StandardOutput, string StandardError)> PlanAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        // Whatever the tests themselves were started with is no part of the study.
        var variables = Variable.Known.ToDictionary(name => name, string? (_) => null);
        foreach (var (name, value) in environment) variables[name] = value;
        return ChildProcess.RunAsync(Repository.Program("StudyPlan"), arguments, variables);
    }
}
