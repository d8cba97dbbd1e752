using System.Text.Json.Nodes;
using Blobs.TestSupport;

namespace Graph.Tests.Report;

/// <summary>--verdict-json, --margin and --baseline, as a script uses them.</summary>
public sealed class VerdictDocumentTests
{
    private static readonly Simulation Study =
        new() { Procs = [1, 4], Actions = ["put"], Truth = (_, procs) => 10_000.0 / procs, Noise = 0.01 };

    [Fact]
    public async Task The_verdict_holds_what_a_script_needs()
    {
        using var directory = new TempDirectory();
        var runs = directory.Write("runs.jsonl", (Study with { Template = HtmlReportTests.Rich }).Records());

        var (exitCode, _, _) = await GraphProgram.RunAsync(
            runs, "--out", directory["out"], "--margin", "2.5%", "--verdict-json", directory["verdict.json"]);

        Assert.Equal(0, exitCode);
        var verdict = JsonNode.Parse(
            await File.ReadAllTextAsync(directory["verdict.json"], TestContext.Current.CancellationToken))!;
        Assert.Equal((1, 0.025), (verdict["schema"]!.GetValue<int>(), verdict["marginRatio"]!.GetValue<double>()));
        var cells = verdict["scenarios"]![0]!["cells"]!.AsArray();
        Assert.Equal(2, cells.Count);
        Assert.Null(cells[0]!["against"]);
        var against = cells[1]!["against"]!;
        Assert.Equal(
            ("slower", 1, 0.95, 5),
            (
                against["answer"]!.GetValue<string>(), against["procs"]!.GetValue<int>(), against["coverage"]!.GetValue<double>(),
                against["blocks"]!.GetValue<int>()));
        Assert.Equal(0.25, against["ratio"]!.GetValue<double>(), 0.02);
        Assert.InRange(
            against["ratio"]!.GetValue<double>(), against["low"]!.GetValue<double>(), against["high"]!.GetValue<double>());
        Assert.Equal("machine", cells[1]!["limiter"]!.GetValue<string>());
        Assert.Equal("processors", cells[1]!["limiterEvidence"]![0]!["source"]!.GetValue<string>());
        var scenario = verdict["scenarios"]![0]!;
        Assert.Equal((1, 4, "slower"), (
            scenario["bestProcs"]!.GetValue<int>(), scenario["primary"]![0]!["procs"]!.GetValue<int>(),
            scenario["primary"]![0]!["against"]!["answer"]!.GetValue<string>()));
        Assert.Equal((0, false), (scenario["disturbed"]!.GetValue<int>(), scenario["withheld"]!.GetValue<bool>()));
        Assert.Null(scenario["control"]);
        Assert.StartsWith(
            "On this machine run 1 process: 4 cost 7", scenario["sentences"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(cells[1]!["flags"]!.AsArray());
        Assert.Equal("machine", cells[1]!["limiterEvidence"]![0]!["component"]!.GetValue<string>());
        var primary = Assert.Single(verdict["scenarios"]![0]!["primary"]!.AsArray())!;
        Assert.Equal((4, "slower"), (primary["procs"]!.GetValue<int>(), primary["against"]!["answer"]!.GetValue<string>()));
        Assert.Equal(0, verdict["scenarios"]![0]!["disturbed"]!.GetValue<int>());
        // Of two numbers of processes no law can be told.
        Assert.Empty(verdict["scenarios"]![0]!["scaling"]!.AsArray());
    }

    [Fact]
    public async Task The_verdict_holds_the_laws_of_three_numbers_of_processes()
    {
        using var directory = new TempDirectory();
        var runs = directory.Write("runs.jsonl", (Study with { Procs = [1, 2, 4] }).Records());

        await GraphProgram.RunAsync(
            runs, "--out", directory["out"], "--no-pictures", "--verdict-json", directory["verdict.json"]);

        var verdict =
            JsonNode.Parse(await File.ReadAllTextAsync(directory["verdict.json"], TestContext.Current.CancellationToken))!;
        Assert.NotEmpty(verdict["scenarios"]![0]!["scaling"]!.AsArray());
    }

    [Fact]
    public async Task Two_studies_are_compared_cell_by_cell()
    {
        using var directory = new TempDirectory();
        var current = directory.Write("new.jsonl", (Study with { Seed = 5, Truth = (_, procs) => 12_000.0 / procs }).Records());
        var baseline = directory.Write("old.jsonl", Study.Records());

        var (exitCode, output, errors) = await GraphProgram.RunAsync(
            current, "--baseline", baseline, "--out", directory["out"], "--verdict-json", directory["verdict.json"]);

        Assert.Equal(0, exitCode);
        Assert.Contains("Against the baseline, of 2 cells: 2 faster", output, StringComparison.Ordinal);
        Assert.Matches(
            @"put: 1 process x1\.[12]\d \[1\.\d+, 1\.\d+\] faster; 4 processes x1\.[12]\d \[1\.\d+, 1\.\d+\] faster", output);
        Assert.Contains("made apart", errors, StringComparison.Ordinal);
        var verdict = JsonNode.Parse(
            await File.ReadAllTextAsync(directory["verdict.json"], TestContext.Current.CancellationToken))!;
        Assert.Equal(
            ["faster", "faster"],
            verdict["baseline"]![0]!["cells"]!.AsArray().Select(cell => cell!["against"]!["answer"]!.GetValue<string>()));
        Assert.Contains(
            "Against the baseline",
            await File.ReadAllTextAsync(directory["out/report.md"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_capped_and_an_uncapped_study_are_not_compared()
    {
        using var directory = new TempDirectory();
        var current = directory.Write("new.jsonl", Study.Records());
        var baseline = directory.Write("old.jsonl", Study.Records().Select(run => run with { CpuLimit = 0.1 }));

        var (exitCode, output, errors) = await GraphProgram.RunAsync(current, "--baseline", baseline, "--out", directory["out"]);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(
            "not capped against capped at 0.1 cores a process",
            Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plan_beside_the_runs_is_part_of_the_report()
    {
        using var directory = new TempDirectory();
        directory.Write("runs.jsonl", Study.Records());
        directory.Write("plan.txt", "# procs 1 4\n# seed 4711\n1 1 1 put 20000 10\n");

        var (exitCode, _, _) = await GraphProgram.RunAsync(directory.FullPath, "--out", directory["out"]);

        Assert.Equal(0, exitCode);
        Assert.Contains(
            "- procs 1 4\n- seed 4711\n",
            await File.ReadAllTextAsync(directory["out/report.md"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }
}
