using StudyResults;

namespace StudyPlan.Tests.Studies;

/// <summary>A study from its beginning to its end, and again after it was interrupted, as run-test.sh drives it.</summary>
public sealed class StudyTests : IDisposable
{
    private readonly PlanProgram _plan = new();

    private string PlanFile => Path.Combine(_plan.Folder, "plan.txt");

    [Fact]
    public async Task A_plan_is_its_variables_and_then_a_line_a_run()
    {
        var (exitCode, output, error) = await _plan.RunAsync("begin");
        Assert.True(exitCode == 0, error);
        Assert.Equal(["list 1 10", "put 1 10"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        var lines = await ReadPlanAsync();
        Assert.Contains("# seed 7", lines);
        Assert.Contains("# procs 1 2", lines);
        Assert.Equal(12, PlannedRun.ReadAll(lines).Count);
        Assert.Contains("6 runs a block (4 cells, 2 again as the control)", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "--ready-path /up --live-path /up")]
    [InlineData("/well", "--ready-path /up --live-path /well")]
    public async Task Somebody_elses_server_is_asked_where_it_answers(string livePath, string expected)
    {
        (_plan.Environment["SERVER"], _plan.Environment["ACTIONS"]) = ("python3 -m http.server {port}", "baseline");
        (_plan.Environment["READY_PATH"], _plan.Environment["LIVE_PATH"]) = ("/up", livePath);
        await _plan.RunAsync("begin");
        var (_, output, error) = await _plan.NextAsync();
        Assert.True(output.Contains(expected, StringComparison.Ordinal), output + error);
    }

    /// <summary>The client's trivial reply is right for its own actions only.</summary>
    [Fact]
    public async Task Ceilings_are_of_built_in_actions()
    {
        (_plan.Environment["SERVICE"], _plan.Environment["STORE"], _plan.Environment["ACTIONS"]) = ("counter", "redis", "capped");
        var (exitCode, output, error) = await _plan.RunAsync("begin");
        Assert.Equal((0, ""), (exitCode, output));
        Assert.Contains("runs a block", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_is_one_action_under_its_limits_from_the_first_second()
    {
        File.WriteAllLines(_plan["load.tsv"], ["at\taction", "0\tput", "0.5\tget", "3\tput"]);
        _plan.Environment["TRACE"] = _plan["load.tsv"];
        _plan.Environment["CPU_LIMIT"] = "0.35";
        _plan.Environment["PROXY_CPU_LIMIT"] = "0.1";
        // What run-test.sh says when nobody else does.
        _plan.Environment["BUDGET"] = "10m";
        var (exitCode, output, error) = await _plan.RunAsync("begin");
        Assert.True(exitCode == 0 && output.Length == 0, output + error);
        (_, output, _) = await _plan.NextAsync();
        Assert.Equal([("load", 3L, 1, 100, false)], _plan.Runs.Where(run => run.Procs == 1).Select(
            run => (run.Action, run.Amount, run.SizeKiB, run.Concurrency, run.Control))
            .Concat(
                _plan.Runs.Where(run => run.Procs == 2).Select(
                    run => (run.Action, run.Amount, run.SizeKiB, run.Concurrency, run.Control))));
        Assert.Contains(
            $"load='--trace {_plan["load.tsv"]} --quiet 60s --actions actions.conf --limit-cpu 0.35 --limit-proxy-cpu 0.1'",
            output,
            StringComparison.Ordinal);
        Assert.Contains("--cpu-limit 0.35 --proxy-cpu-limit 0.1", output, StringComparison.Ordinal);
        var plan = await ReadPlanAsync();
        Assert.Contains("# budget 0", plan);
        Assert.Equal(4, PlannedRun.ReadAll(plan).Count);
    }

    [Theory]
    [InlineData("action\nput", "load.tsv:1:1: a trace has a column at")]
    [InlineData("at\taction\n0\tput\n1\tfly", "load.tsv:3:3: no action is called fly")]
    [InlineData("at\taction\n0", "load.tsv:2:1: 1 cells, and the first line names 2")]
    [InlineData("at\taction\nsoon\tput", "load.tsv:2:1: 'soon' is no number of seconds")]
    [InlineData("at\taction", "no line behind the names")]
    public async Task A_wrong_trace_is_named_before_anything_is_started(string text, string expected)
    {
        File.WriteAllText(_plan["load.tsv"], text);
        _plan.Environment["TRACE"] = _plan["load.tsv"];
        var (exitCode, _, error) = await _plan.RunAsync("settings");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("run-test.sh: TRACE=", error, StringComparison.Ordinal);
        Assert.Contains(expected, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exactly_RUNS_blocks_are_made_with_a_budget_of_zero()
    {
        await _plan.RunAsync("begin");
        for (var block = 1; block <= 2; block++)
        {
            var (_, output, _) = await _plan.NextAsync();
            Assert.Contains($"start='block {block} haproxy - 2 0'", output, StringComparison.Ordinal);
            Assert.Contains("--procs 2 --way-in haproxy --port 8000 --first-port 8001", output, StringComparison.Ordinal);
            Assert.Equal(6, _plan.Runs.Count);
            _plan.Record();
        }

        var (exitCode, end, error) = await _plan.NextAsync();
        Assert.True(exitCode == 0, error);
        Assert.Contains("start=''\nbad='0 of 12'", end, StringComparison.Ordinal);
        Assert.Contains("2 blocks done in 0:0", error, StringComparison.Ordinal);
        Assert.Equal("# stopped runs after 2 blocks", (await ReadPlanAsync())[^1]);
    }

    [Fact]
    public async Task Blocks_are_added_while_something_is_open_and_the_look_is_told()
    {
        _plan.Environment["BUDGET"] = "1h";
        _plan.Environment["RUNS"] = "5";
        await _plan.RunAsync("begin");
        var open = 3;
        var errors = "";
        for (var block = 1; block <= 8; block++)
        {
            var (exitCode, output, error) = await _plan.NextAsync(WriteGraph(open));
            Assert.True(
                exitCode == 0
                    && output.Contains($"start='block {block} ", StringComparison.Ordinal), $"{block}: {output}{error}");
            errors += error;
            _plan.Record();
            if (block == 5) open = 1;
        }

        // The first look came after five blocks, the next one is due after eight; in between nobody looked.
        Assert.Single(errors.Split("1 of 18 comparisons open").Skip(1));
        var (_, end, last) = await _plan.NextAsync(WriteGraph(0));
        Assert.Contains("start=''", end, StringComparison.Ordinal);
        Assert.Contains(
            "0 of 18 comparisons open; answer so far: run 1; every comparison is decided", last, StringComparison.Ordinal);
        Assert.Equal("# stopped decided after 8 blocks", (await ReadPlanAsync())[^1]);
    }

    [Fact]
    public async Task The_budget_ends_a_study_that_stays_open()
    {
        _plan.Environment["BUDGET"] = "1s";
        await _plan.RunAsync("begin");
        for (var block = 1; block <= 2; block++)
        {
            await _plan.NextAsync();
            _plan.Record();
            await Task.Delay(TimeSpan.FromSeconds(0.6), TestContext.Current.CancellationToken);
        }

        Assert.Contains("start=''", (await _plan.NextAsync()).StandardOutput, StringComparison.Ordinal);
        Assert.Equal("# stopped budget after 2 blocks", (await ReadPlanAsync())[^1]);
    }

    [Fact]
    public async Task An_interrupted_block_is_gone_on_with_and_what_is_good_is_not_made_again()
    {
        await _plan.RunAsync("begin");
        await _plan.NextAsync();
        var (good, errored, invalid) = (_plan.Runs[0], _plan.Runs[1], _plan.Runs[2]);
        Record(good, record => record);
        Record(errored, record => record with { Errors = new Dictionary<string, long> { ["status-500"] = 3 } });
        Record(invalid, record => record with { Invalid = ["worker 2 was started again"] });

        var (exitCode, _, error) = await _plan.ResumeAsync();
        Assert.True(exitCode == 0, error);
        Assert.Contains($"run {errored.Order} ", error, StringComparison.Ordinal);
        Assert.Contains("is made again: errors: 3 x status-500", error, StringComparison.Ordinal);
        Assert.Contains("is made again: invalid: worker 2 was started again", error, StringComparison.Ordinal);
        await _plan.NextAsync();
        Assert.Equal(5, _plan.Runs.Count);
        Assert.DoesNotContain(_plan.Runs, run => run.Order == good.Order);
    }

    [Fact]
    public async Task What_stays_bad_is_named_in_the_end_and_not_tried_for_ever()
    {
        _plan.Environment["RUNS"] = "1";
        await _plan.RunAsync("begin");
        await _plan.NextAsync();
        _plan.Record(record => record.Order == 3 ? record with { Invalid = ["worker 2 was started again"] } : record);
        var (_, end, error) = await _plan.NextAsync();
        Assert.Contains("start=''\nbad='1 of 6'", end, StringComparison.Ordinal);
        Assert.Contains("run 3 (block 1, ", error, StringComparison.Ordinal);
        Assert.Contains("is not right: invalid: worker 2 was started again", error, StringComparison.Ordinal);
        // It can be made again, because the study is not all good.
        Assert.Equal(0, (await _plan.ResumeAsync()).ExitCode);
        await _plan.NextAsync();
        Assert.Equal([3], _plan.Runs.Select(run => run.Order));
    }

    [Fact]
    public async Task A_start_after_which_nothing_was_recorded_ends_it()
    {
        await _plan.RunAsync("begin");
        await _plan.NextAsync();
        var (exitCode, _, error) = await _plan.NextAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("nothing was recorded of block 1", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# machine ", "Abacus, 10 beads", "begun on Abacus, 10 beads, and this is ")]
    [InlineData("# actionfile ", "0123456789abcdef", "the file that describes its actions was changed")]
    [InlineData("# version ", "0.0.1+abc", "begun with version 0.0.1+abc, and this is ")]
    [InlineData("# programs ", "0123456789abcdef", "the programs or the proxies' configurations were changed")]
    public async Task What_is_not_as_it_was_is_refused_with_the_reason(string line, string then, string reason)
    {
        await _plan.RunAsync("begin");
        await File.WriteAllLinesAsync(
            PlanFile, (await ReadPlanAsync()).Select(
                text => text.StartsWith(line, StringComparison.Ordinal)
                    ? line + then
                    : text), TestContext.Current.CancellationToken);
        var (exitCode, _, error) = await _plan.ResumeAsync();
        Assert.Equal(2, exitCode);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_that_was_set_to_something_else_is_refused_and_a_default_is_not()
    {
        await _plan.RunAsync("begin");
        _plan.Environment["DURABILITY"] = "always";
        Assert.Equal(0, (await _plan.ResumeAsync("settings")).ExitCode);
        _plan.Environment["GIVEN"] = "HOME\nDURABILITY\nPATH";
        var (exitCode, _, error) = await _plan.ResumeAsync("settings");
        Assert.Equal(2, exitCode);
        Assert.Contains("DURABILITY was 'none' when it was begun and is 'always' now", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_variables_come_back_and_no_others()
    {
        _plan.Environment["SEED"] = "99";
        await _plan.RunAsync("begin");
        await File.WriteAllTextAsync(
            PlanFile, "# path /nowhere\n# ld_preload x.so\n"
                + await File.ReadAllTextAsync(
                    PlanFile, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        _plan.Environment["SEED"] = "1";
        var (_, output, _) = await _plan.ResumeAsync("settings");
        Assert.Contains("SEED='99'", output, StringComparison.Ordinal);
        Assert.DoesNotContain("nowhere", output, StringComparison.Ordinal);
        Assert.DoesNotContain("x.so", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_study_is_refused()
    {
        _plan.Environment["RUNS"] = "1";
        await _plan.RunAsync("begin");
        await _plan.NextAsync();
        _plan.Record();
        await _plan.NextAsync();
        var (exitCode, _, error) = await _plan.ResumeAsync("settings");
        Assert.Equal(2, exitCode);
        Assert.Contains("all of its runs are done", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_plan_is_refused()
    {
        var (exitCode, _, error) = await _plan.ResumeAsync("settings");
        Assert.Equal(2, exitCode);
        Assert.Contains("holds no plan.txt", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_off_record_is_named_with_its_line()
    {
        await _plan.RunAsync("begin");
        await File.WriteAllTextAsync(
            Path.Combine(_plan.Folder, "runs.jsonl"), "{\"order\":2,\"act", TestContext.Current.CancellationToken);
        var (exitCode, _, error) = await _plan.NextAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("runs.jsonl:1: no run record", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_is_not_begun_on_top_of_another()
    {
        Directory.CreateDirectory(_plan.Folder);
        await File.WriteAllTextAsync(Path.Combine(_plan.Folder, "runs.jsonl"), "", TestContext.Current.CancellationToken);
        var (exitCode, _, error) = await _plan.RunAsync("settings");
        Assert.Equal(2, exitCode);
        Assert.Contains("a study lies there already", error, StringComparison.Ordinal);
    }

    public void Dispose() => _plan.Dispose();

    private void Record(PlannedRun run, Func<RunRecord, RunRecord> change) =>
        RunLog.Append(Path.Combine(_plan.Folder, "runs.jsonl"), change(Recorded.Run(run.Order, run.Procs)));

    private Task<string[]> ReadPlanAsync() => File.ReadAllLinesAsync(PlanFile, TestContext.Current.CancellationToken);

    /// <summary>What Graph says at a look.</summary>
    private string WriteGraph(int open)
    {
        var path = _plan["graph"];
        File.WriteAllText(path, $"#!/bin/sh\necho 'open {open} of 18'\necho 'answer so far: run 1'\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
