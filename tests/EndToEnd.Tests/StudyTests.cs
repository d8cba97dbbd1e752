using Blobs.TestSupport;
using StudyResults;

namespace EndToEnd.Tests;

/// <summary>The main job, as a user starts it: real servers, real HAProxy, real load, real picture.</summary>
public sealed class StudyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>So long a script may take to clean up after a signal.</summary>
    private static readonly TimeSpan PatienceAfterSignal = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_study_leaves_a_table_a_picture_an_answer_and_records_with_balanced_books_and_nothing_else()
    {
        using var study = new Study();
        var said = await study.SucceedsAsync();

        var lines = await File.ReadAllLinesAsync(Path.Combine(study.Out, "results.txt"), TestContext.Current.CancellationToken);
        Assert.Equal(12, lines.Length);
        Assert.All(lines, line => Assert.Matches(@"^[12] (baseline|list|put|get|flag|delete) 200 10 \d+\.\d+$", line));
        Assert.Equal(12, lines.Select(line => string.Join(' ', line.Split(' ')[..2])).Distinct().Count());
        AssertIsPicture(Path.Combine(study.Out, "blobs-in-parallel.png"));
        Assert.Contains("2 blocks done in", said, StringComparison.Ordinal);
        var plan = await File.ReadAllLinesAsync(Path.Combine(study.Out, "plan.txt"), TestContext.Current.CancellationToken);
        Assert.Equal("# stopped budget after 2 blocks", plan[^1]);
        AssertRecords(PlannedRun.ReadAll(plan), [.. RunLog.Read(Path.Combine(study.Out, "runs.jsonl"))]);
        Assert.Empty(study.Leftovers());
    }

    [Fact]
    public async Task Capacity_finds_the_highest_rate_that_keeps_an_objective_for_each_number_of_processes()
    {
        using var study = new Study();
        study.Environment["CAPACITY"] = "p90=50ms";
        study.Environment["ACTIONS"] = "baseline";
        // Searches take the whole machine; the control is another study's.
        study.Environment["CONTROL"] = "no";
        await study.SucceedsAsync();

        var planned = PlannedRun.ReadAll(
            await File.ReadAllLinesAsync(Path.Combine(study.Out, "plan.txt"), TestContext.Current.CancellationToken));
        Assert.Equal(4, planned.Count);
        Assert.All(planned, run => Assert.Equal("p90=50ms", run.Objective!.ToString()));
        var records = RunLog.Read(Path.Combine(study.Out, "runs.jsonl")).ToList();
        AssertRecords(planned, records);
        Assert.All(records, record =>
        {
            Assert.Equal("p90=50ms", record.Capacity!.Objective);
            Assert.InRange(record.Capacity.Trials.Count, 3, 7);
            Assert.InRange(record.Capacity.RatePerSecond, 1, 1_000_000);
        });
        // The first block searches; the second begins where that one ended.
        Assert.Equal(
            2, (await File.ReadAllLinesAsync(
                Path.Combine(study.Out, "results.txt"), TestContext.Current.CancellationToken)).Length);
        var report = await File.ReadAllTextAsync(Path.Combine(study.Out, "report.md"), TestContext.Current.CancellationToken);
        Assert.Matches(
            @"baseline: p90 stays within 50 ms up to [\d,]+ operations/s \\?\[[\d,.]+, [\d,. M]+\] with 1 process, [\d,]+ \\?\[",
            report);
        Assert.Contains("Highest rate/s", report, StringComparison.Ordinal);
        AssertIsPicture(Path.Combine(study.Out, "blobs-in-parallel.png"));
        Assert.Empty(study.Leftovers());
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_ends_it_with_130_and_leaves_nothing()
    {
        using var study = new Study();
        study.Environment["RUNS"] = "50";
        study.Environment["CEILING"] = "0";
        await using var script = study.Start();
        await script.WaitForOutputAsync(@"^block 1, run 2:", Patience);
        Study.PressCtrlC(script);

        await Study.EndsAsync(script, 130, PatienceAfterSignal);
        Assert.Empty(study.Leftovers());
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task A_signal_in_the_middle_ends_it_and_leaves_nothing(string signal, int exitCode)
    {
        using var study = new Study();
        study.Environment["SCENARIOS"] = "1000000x10";
        study.Environment["CEILING"] = "0";
        await using var script = study.Start();
        await script.WaitForOutputAsync(@"runs a block", Patience);
        await Eventually.HoldsAsync(
            () => !FreePorts.IsFree(study.Port), () => "the proxy did not listen", TimeSpan.FromSeconds(60));
        script.Signal(signal);

        await Study.EndsAsync(script, exitCode, PatienceAfterSignal);
        Assert.Empty(study.Leftovers());
    }

    [Fact]
    public async Task A_server_that_does_not_start_has_the_last_word()
    {
        using var study = new Study();
        study.Environment["SERVER"] = "python3 examples/no-such-server.py {port}";
        study.Environment["CEILING"] = "0";
        var said = await study.EndsAsync(1);
        // Whichever fails first. It is told as soon as MultiProc has given up, which is long before the script's own patience
        // ends.
        Assert.Matches("the servers did not start: .*w[12] is failed", said);
        Assert.Contains("no-such-server.py", said, StringComparison.Ordinal);
        Assert.Contains(
            "no-such-server.py", await File.ReadAllTextAsync(
                Path.Combine(study.Out, "servers.log"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(study.Leftovers());
    }

    [Fact]
    public async Task A_directory_that_it_did_not_make_is_left_alone()
    {
        using var study = new Study();
        Directory.CreateDirectory(study.BlobsDirectory);
        var precious = Path.Combine(study.BlobsDirectory, "precious");
        await File.WriteAllTextAsync(precious, "mine", TestContext.Current.CancellationToken);
        var said = await study.EndsAsync(2);
        Assert.Contains("was not made by this script", said, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(precious, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_link_in_place_of_the_directory_is_not_followed()
    {
        using var study = new Study();
        using var elsewhere = new TempDirectory();
        await File.WriteAllTextAsync(elsewhere[".made-by-run-test"], "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(elsewhere["precious"], "mine", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(study.BlobsDirectory, elsewhere.FullPath);
        study.Environment["BLOBS_DIR"] = study.BlobsDirectory + "/";
        await study.EndsAsync(2);
        Assert.Equal("mine", await File.ReadAllTextAsync(elsewhere["precious"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("PROCS", "one", "'one'")]
    [InlineData("SCENARIOS", "20000", "'20000'")]
    [InlineData("PROXY", "carrier-pigeon", "carrier-pigeon")]
    public async Task A_wrong_variable_is_named_and_nothing_is_started(string variable, string value, string named)
    {
        using var study = new Study();
        study.Environment[variable] = value;
        await using var script = study.Start();

        Assert.NotEqual(0, await script.WaitForExitAsync(Patience));
        Assert.Contains(named, script.StandardError, StringComparison.Ordinal);
        Assert.Empty(study.Leftovers());
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var study = new Study();
        study.Environment["CEILING"] = "0";
        using var squatter = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, study.Port + 1);
        squatter.Start();
        var said = await study.EndsAsync(1);
        Assert.Contains($"{study.Port + 1}", said, StringComparison.Ordinal);
    }

    private static void AssertRecords(IReadOnlyList<PlannedRun> planned, IReadOnlyList<RunRecord> records)
    {
        // Each planned run has its record; a disturbed one has more than one.
        Assert.Equal(planned.Select(run => run.Order), records.Select(record => record.Order!.Value).Distinct().Order());
        Assert.Equal(
            planned.Count(run => run.Control), records.Where(
                record => record.Control == true).Select(record => record.Order).Distinct().Count());
        Assert.All(records, record =>
        {
            var requestsPerOperation = record.Action is "get" or "flag" or "delete" ? 2 : 1;
            var run = planned.Single(run => run.Order == record.Order);
            Assert.Empty(record.Errors);
            Assert.True(record.Invalid is null or [], string.Join("; ", record.Invalid ?? []));
            Assert.Equal((run.Procs, run.Action, run.Block), (record.Procs, record.Action, record.Block));
            Assert.Equal(record.Operations * requestsPerOperation, record.Requests);
            Assert.Equal(record.Requests, record.ProxyRequests);
            // A pool of two, of which the run's number served and the others idled.
            Assert.Equal(2, record.RequestsPerWorker!.Count);
            Assert.Equal(run.Procs, record.Serving!.Count);
            Assert.Equal(run.Procs, record.RequestsPerWorker.Count(requests => requests > 0));
            Assert.Equal(record.Requests, record.RequestsPerWorker.Sum());
            Assert.True(record.CpuSeconds.Client > 0);
        });
    }

    private static void AssertIsPicture(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
        // Width and height stand at fixed places of the header (PNG specification, 11.2.2 IHDR).
        var width = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16));
        var height = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20));
        Assert.InRange(width, 800, 6000);
        Assert.InRange(height, 400, 6000);
        // An empty page compresses to a few hundred bytes a hundred thousand pixels; bars and text don't.
        Assert.True(bytes.Length > 20_000, $"{path} holds only {bytes.Length} bytes: an empty picture?");
    }
}
