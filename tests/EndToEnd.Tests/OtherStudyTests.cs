using Blobs.TestSupport;
using StudyResults;

namespace EndToEnd.Tests;

/// <summary>Studies that are not the main job: interrupted ones, other people's servers, other ways in.</summary>
public sealed class OtherStudyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task An_interrupted_study_goes_on_where_it_stopped()
    {
        using var study = new Study();
        study.Environment["ACTIONS"] = "baseline list";
        study.Environment["SCENARIOS"] = "2000x1";
        study.Environment["CEILING"] = "0";
        await using (var script = study.Start())
        {
            await script.WaitForOutputAsync(@"^block 1, run \d+:.*\n(.*\n)*block 1, run \d+:", Patience);
            script.Signal("KILL");
            await script.WaitForExitAsync();
        }

        // Nobody could clean up: what still runs ends by itself or is ended here, as a user would end it.
        study.EndLeftProcesses();
        var leftByTheKill = study.Leftovers();
        var runs = Path.Combine(study.Out, "runs.jsonl");
        var before = await File.ReadAllLinesAsync(runs, TestContext.Current.CancellationToken);
        // Some of the twelve planned runs.
        Assert.InRange(RunLog.Read(runs).Select(record => record.Order).Distinct().Count(), 2, 11);
        study.Environment["RESUME"] = study.Out;
        string[] ofTheFirst = ["PROCS", "ACTIONS", "SCENARIOS", "RUNS", "BUDGET", "WARMUP", "CEILING", "OUT", "BLOBS_DIR"];
        foreach (var asked in ofTheFirst) study.Environment[asked] = null;
        await study.SucceedsAsync();

        Assert.Equal(before, (await File.ReadAllLinesAsync(runs, TestContext.Current.CancellationToken)).Take(before.Length));
        var planned = PlannedRun.ReadAll(File.ReadLines(Path.Combine(study.Out, "plan.txt")));
        Assert.Equal(
            planned.Select(run => run.Order), RunLog.Read(runs).Select(record => record.Order!.Value).Distinct().Order());
        Assert.Equal(12, planned.Count);
        Assert.Empty(study.Leftovers().Except(leftByTheKill));
    }

    [Fact]
    public async Task Blocks_are_added_until_the_budget_is_spent()
    {
        using var study = new Study();
        study.Environment["ACTIONS"] = "list";
        study.Environment["RUNS"] = "1";
        study.Environment["BUDGET"] = "5s";
        study.Environment["CEILING"] = "0";
        var said = await study.SucceedsAsync();

        var plan = await File.ReadAllLinesAsync(Path.Combine(study.Out, "plan.txt"), TestContext.Current.CancellationToken);
        Assert.Matches(@"^# stopped (budget|decided) after \d+ blocks$", plan[^1]);
        Assert.InRange(PlannedRun.ReadAll(plan).Max(run => run.Block), 2, 100);
        Assert.Contains("left", said, StringComparison.Ordinal);
        Assert.Equal(
            PlannedRun.ReadAll(plan).Max(run => run.Block), RunLog.Read(
                Path.Combine(study.Out, "runs.jsonl")).Max(record => record.Block));
        Assert.Empty(study.Leftovers());
    }

    [Fact]
    public async Task Another_server_is_studied_by_its_command_and_described_actions()
    {
        using var study = new Study();
        study.Environment["SERVER"] = "python3 examples/app.py {dir} {port}";
        study.Environment["ACTIONS"] = "index fetch remove";
        study.Environment["RUNS"] = "1";
        study.Environment["SCENARIOS"] = "100x10 50x1";
        study.Environment["CEILING"] = "0";
        await study.SucceedsAsync();

        var records = RunLog.Read(Path.Combine(study.Out, "runs.jsonl")).ToList();
        Assert.Equal(18, records.Select(record => record.Order).Distinct().Count());
        Assert.All(records, record =>
        {
            Assert.Empty(record.Errors);
            Assert.True(record.Books!.Balanced);
            Assert.StartsWith("python3 examples/app.py", record.Store, StringComparison.Ordinal);
        });
        Assert.Empty(study.Leftovers());
    }

    /// <summary>
    /// Numbers that are granted once and are all in the store; and the same service as the original had it, which the study
    /// catches.
    /// </summary>
    [Theory]
    [InlineData("", 0)]
    [InlineData("artifacts/bin/Counter/release/Counter {port} --store {store} --racy", 1)]
    public async Task A_service_is_studied_with_its_store_and_a_wrong_one_fails(string server, int exitCode)
    {
        using var study = new Study();
        (study.Environment["SERVICE"], study.Environment["STORE"], study.Environment["SERVER"]) = ("counter", "redis", server);
        (study.Environment["RUNS"], study.Environment["CONTROL"], study.Environment["CEILING"]) = ("1", "no", "0");
        var said = await study.EndsAsync(exitCode);

        var records = RunLog.Read(Path.Combine(study.Out, "runs.jsonl")).ToList();
        Assert.Equal(4, records.Select(record => record.Order).Distinct().Count());
        Assert.All(records, record => Assert.Equal("redis", record.StoreEngine));
        if (exitCode == 0)
        {
            Assert.All(
                records, record => Assert.True(
                    record.Errors.Count == 0 && record.Books!.Balanced, $"{record.Action}: {record.Books}"));
            Assert.All(records.Where(record => record.Action == "capped"), record => Assert.Equal(100, record.Books!.Stored));
        }
        else
        {
            Assert.All(
                records.Where(record => record.Action == "uncapped"), record => Assert.Contains("twice", record.Errors.Keys));
            Assert.Contains("is not right: errors: ", said, StringComparison.Ordinal);
        }

        Assert.Empty(study.Leftovers());
    }

    [Fact]
    public async Task Several_ways_in_are_one_study_with_pictures_of_its_own()
    {
        using var study = new Study();
        study.Environment["PROXY"] = "direct reuseport nginx haproxy-tcp";
        study.Environment["ACTIONS"] = "list";
        study.Environment["RUNS"] = "1";
        study.Environment["CEILING"] = "0";
        await study.SucceedsAsync();

        var records = RunLog.Read(Path.Combine(study.Out, "runs.jsonl")).ToList();
        // Direct leads to one process only; each way in has its control.
        Assert.Equal(2 + 3 + 3 + 3, records.Select(record => record.Order).Distinct().Count());
        Assert.DoesNotContain(records, record => record is { Proxy: "direct", Procs: not 1 });
        Assert.All(
            records, record => Assert.True(
                record.Books is { Balanced: true, Workers: not null }, $"{record.Proxy}: {record.Books}"));
        Assert.All(
            records.Where(record => record.Proxy == "nginx"), record => Assert.Equal(record.Requests, record.ProxyRequests));
        foreach (var picture in (string[])["ways-in.png", "ways-in-shares.png", "ways-in-times.png"])
            Assert.True(File.Exists(Path.Combine(study.Out, picture)), picture);
        var report = await File.ReadAllTextAsync(Path.Combine(study.Out, "report.md"), TestContext.Current.CancellationToken);
        // Without haproxy the first way in by name that leads to more than one process is what the others are compared with.
        Assert.Contains("### Against haproxy-tcp\n", report, StringComparison.Ordinal);
        Assert.Empty(study.Leftovers());
    }

    [Fact]
    public async Task Help_names_the_variables_with_their_usual_values()
    {
        var (exitCode, output, _) = await ChildProcess.RunAsync(Study.Script, ["--help"]);
        Assert.Equal(0, exitCode);
        Assert.Matches("(?m)^PROCS=1 2 4 8 +# .*\nACTIONS= +# ", output);
        Assert.Matches("(?m)^OUT= RESUME= +# .*\n$", output);
        Assert.DoesNotContain("${", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_tells_cells_and_time_and_runs_nothing()
    {
        using var study = new Study();
        study.Environment["SCENARIOS"] = "20000x10 200x1000";
        await using var script = study.Start("--list");
        await Study.EndsAsync(script, 0);
        Assert.Contains("36 runs a block (24 cells, 12 again as the control)", script.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("1000", script.StandardOutput, StringComparison.Ordinal);
        Assert.False(Directory.Exists(study.Out));
        Assert.Empty(study.Leftovers());
    }
}
