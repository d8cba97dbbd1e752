using Blobs.TestSupport;
using RequestClient.Tests.Servers;
using StudyResults;

namespace RequestClient.Tests.Planned;

/// <summary>RequestClient runs: the real client, a right server, and a pool of workers in memory.</summary>
public sealed class PlannedRunsTests : IDisposable
{
    /// <summary>A machine that is itself a guest may lose time to other guests on top, and that is said too.</summary>
    private const string OthersUsed = @"disturbed: others used \d+ % of the machine(, other machines took \d+ % of its time)?";

    private readonly TempDirectory _directory = new();

    private string Socket => _directory["control.sock"];

    private string Plan => _directory["plan.txt"];

    private string Log => _directory["runs.jsonl"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Runs_EachWithItsWorkers_OneRecordEach()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        await using var pool = new FakePool(Socket, workers: 3, () => Interlocked.Read(ref server.Requests));
        var run = await RunAsync(server, ["1 1 2 put 20 1 4 haproxy - 0", "1 2 1 baseline 30 0 3 haproxy - 1"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var records = RunLog.Read(Log);
        Assert.Equal([1, 2], records.Select(record => record.Order!.Value));
        var (put, baseline) = (records[0], records[1]);
        Assert.Equal((2, "put", 4, 1, 1), (put.Procs, put.Action, put.Concurrency, put.Block, put.Start));
        Assert.Equal((2, 3), (put.Serving!.Count, put.RequestsPerWorker!.Count));
        Assert.Equal((1, 0, true), (baseline.Serving!.Count, baseline.SizeKiB, baseline.Control));
        Assert.Null(put.Control);
        Assert.All(records, record => Assert.True(record.Books!.Balanced));
        Assert.All(records, record => Assert.Null(record.Invalid));
        Assert.All(records, record => Assert.Equal(("haproxy", "server {dir}"), (record.Proxy, record.CommandLine)));
        Assert.All(records, record => Assert.EndsWith(", HAProxy 9.9", record.Software, StringComparison.Ordinal));
        Assert.Equal("/serve {\"procs\":3}", pool.Asked[0]);
    }

    [Fact]
    public async Task AtLeast_AmountIsDoneAgainAndAgain()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        await using var pool = new FakePool(Socket, workers: 1, () => Interlocked.Read(ref server.Requests));
        await RunAsync(server, ["1 1 1 baseline 7 0 3 haproxy - 0"], "--at-least", "200ms", "--at-most", "30s");
        var record = Assert.Single(RunLog.Read(Log));
        Assert.Equal(7, record.Amount);
        Assert.InRange(record.Repeats!.Value, 2, int.MaxValue);
        Assert.Equal(7L * record.Repeats.Value, record.Operations);
        Assert.InRange(record.ElapsedSeconds, 0.19, 30);
        Assert.Null(record.DurationSeconds);
    }

    [Fact]
    public async Task AtMost_EndsAWindowEarly()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        await using var pool = new FakePool(Socket, workers: 1, () => Interlocked.Read(ref server.Requests));
        await RunAsync(server, ["1 1 1 baseline 1000000000 0 3 haproxy - 0"], "--at-least", "100ms", "--at-most", "200ms");
        var record = Assert.Single(RunLog.Read(Log));
        Assert.InRange(record.Operations, 1, 999_999_999);
        Assert.InRange(record.ElapsedSeconds, 0.15, 20);
    }

    /// <summary>
    /// A worker dies after each start: the study used to take the two that were left for three (issue 12, fault 2).
    /// </summary>
    [Fact]
    public async Task WorkerThatIsNotThere_InvalidAndMadeAgain_ThenGivenUp()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        await using var pool = new FakePool(Socket, workers: 3, () => Interlocked.Read(ref server.Requests))
        {
            WorkerIs = (index, statuses) => index == 3 && statuses > 1 ? ("starting", 1) : ("ready", 0),
        };
        var run = await RunAsync(server, ["1 1 3 baseline 20 0 3 haproxy - 0"]);
        Assert.Equal(1, run.ExitCode);
        var records = RunLog.Read(Log);
        Assert.Equal([1, 2, 3], records.Select(record => record.Attempt!.Value));
        Assert.All(records, record => Assert.Equal(["worker 3 was starting", "worker 3 was started again"], record.Invalid!));
        Assert.Contains(
            "run 1 (block 1, 3 procs, baseline): invalid: worker 3 was starting", run.Errors, StringComparison.Ordinal);
        Assert.Contains("it will be made again", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WorkerThatComesBack_TheNextAttemptIsRight()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var edges = 0;
        await using var pool = new FakePool(Socket, workers: 2, () => Interlocked.Read(ref server.Requests))
        {
            WorkerIs = (index, statuses) =>
                index == 2 && statuses == 1 && Interlocked.Increment(ref edges) == 2 ? ("starting", 0) : ("ready", 0),
        };
        var run = await RunAsync(server, ["1 1 2 baseline 20 0 3 haproxy - 0"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var records = RunLog.Read(Log);
        Assert.Equal(["worker 2 was starting"], records[0].Invalid!);
        Assert.Null(records[1].Invalid);
        Assert.Equal([1, 2], records.Select(record => record.Attempt!.Value));
    }

    /// <summary>The server works in the test's process, and its pool does not own up to it: somebody else's work.</summary>
    [Fact]
    public async Task OthersUseTheMachine_MadeAgainAndSaid_ButNoFailure()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        await using var pool =
            new FakePool(Socket, workers: 1, () => Interlocked.Read(ref server.Requests)) { HidesItsCpu = true };
        var plan = new[] { "1 1 1 baseline 20 0 8 haproxy - 0", "1 2 1 baseline 20 0 8 haproxy - 0" };
        var run = await RunProcessAsync(server, plan, "--at-least", "400ms", "--at-most", "400ms", "--quiet", "1ms");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal([1, 2, 1, 2, 1, 2], RunLog.Read(Log).Select(record => record.Order!.Value));
        Assert.Equal([1, 1, 2, 2, 3, 3], RunLog.Read(Log).Select(record => record.Attempt!.Value));
        Assert.Matches(OthersUsed + @": it will be made again\n", run.Output);
        Assert.Matches(OthersUsed + @": no further attempt\n", run.Output);
    }

    [Fact]
    public async Task OthersUseTheMachine_QuietIsNotWanted_SaidAndNotMadeAgain()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        await using var pool =
            new FakePool(Socket, workers: 1, () => Interlocked.Read(ref server.Requests)) { HidesItsCpu = true };
        var run = await RunProcessAsync(
            server, ["1 1 1 baseline 20 0 8 haproxy - 0"], "--at-least", "400ms", "--at-most", "400ms", "--quiet", "0");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(1, Assert.Single(RunLog.Read(Log)).Attempt);
        Assert.Matches(OthersUsed + @": no further attempt\n", run.Output);
    }

    [Fact]
    public async Task OtherWayInThanPlanned_Invalid()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        await using var pool = new FakePool(Socket, workers: 1, () => Interlocked.Read(ref server.Requests));
        var run = await RunAsync(server, ["1 1 1 baseline 20 0 3 nginx redis 0"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            ["the way in was haproxy, asked for nginx", "the store was none, asked for redis"], RunLog.Read(Log)[0].Invalid!);
    }

    [Fact]
    public async Task Limit_SetOnceThePoolIsWarm_AndInTheRecord()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        await using var pool = new FakePool(Socket, workers: 2, () => Interlocked.Read(ref server.Requests));
        var run = await RunAsync(server, ["1 1 1 baseline 20 0 3 haproxy - 0"], "--limit-cpu", "0.25");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal("/limit {\"cpuCores\":0.25}", pool.Asked[1]);
        Assert.Equal(0.25, Assert.Single(RunLog.Read(Log)).CpuLimit);
    }

    [Fact]
    public async Task OldSupervisor_ServesAllItHas()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        await using var pool = new FakePool(Socket, workers: 2, () => Interlocked.Read(ref server.Requests)) { IsOld = true };
        var run = await RunAsync(server, ["1 1 2 baseline 20 0 3 haproxy - 0"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Null(Assert.Single(RunLog.Read(Log)).Serving);
    }

    [Fact]
    public async Task WayInThatCannotSwitch_OtherCountsFailAndTheRestIsMade()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        await using var pool =
            new FakePool(Socket, workers: 2, () => Interlocked.Read(ref server.Requests)) { CanSwitch = false };
        var run = await RunAsync(server, ["1 1 3 baseline 20 0 3 haproxy - 0", "1 2 2 baseline 20 0 3 haproxy - 0"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "run 1 (block 1, 3 procs, baseline): 3 workers can't serve (this way in can't switch)",
            run.Errors,
            StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(RunLog.Read(Log)).Order);
    }

    [Fact]
    public async Task Errors_AreDataAndStatusOne()
    {
        var answers = 0;
        await using var server =
            new RawServer(_ => Interlocked.Increment(ref answers) % 10 == 0 ? RawReply.Status("500 Oops") : RawReply.Empty);
        await using var pool = new FakePool(Socket, workers: 1, () => Interlocked.Read(ref server.Requests));
        var run = await RunAsync(server, ["1 1 1 baseline 100 0 3 haproxy - 0"]);
        Assert.Equal(1, run.ExitCode);
        var record = RunLog.Read(Log)[0];
        Assert.InRange(record.Errors["status-500"], record.Requests!.Value / 20, record.Requests.Value / 5);
        Assert.Contains("errors, which its record counts", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_RunsBeforeTheWarmUpAndEachRun_AndItsFailureIsSaid()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        await using var pool = new FakePool(Socket, workers: 1, () => Interlocked.Read(ref server.Requests));
        var plan = new[] { "1 1 1 baseline 20 0 3 haproxy - 0", "1 2 1 baseline 20 0 3 haproxy - 0" };
        var run = await RunAsync(server, plan, "--reset", $"echo x >>{_directory["resets"]}");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(1 + plan.Length, File.ReadAllLines(_directory["resets"]).Length);
        var failed = await RunAsync(server, [plan[0]], "--reset", "echo no store >&2; exit 3");
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("ended with 3: no store", failed.Errors, StringComparison.Ordinal);
    }

    /// <summary>
    /// One request at a time, 2 ms each: 500/s are the most, and with arrivals at random a little less keeps a bound.
    /// </summary>
    [Fact]
    public async Task Objective_TheHighestRateThatKeepsIt_SearchedOnce()
    {
        var gate = new Lock();
        await using var server = new RawServer(_ =>
        {
            lock (gate) Thread.Sleep(2);
            return RawReply.Empty;
        });
        await using var pool = new FakePool(Socket, workers: 1, () => Interlocked.Read(ref server.Requests));
        string[] plan = ["1 1 1 baseline 20 0 4 haproxy - 0 p90=40ms", "1 2 1 baseline 20 0 4 haproxy - 1 p90=40ms"];
        var run = await RunAsync(server, plan, "--trial", "500ms");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var records = RunLog.Read(Log);
        Assert.Equal([1, 2], records.Select(record => record.Order!.Value).Distinct().Order()); // one may be measured again
        Assert.All(records, record =>
        {
            var capacity = record.Capacity!;
            Assert.Equal("p90=40ms", capacity.Objective);
            Assert.InRange(capacity.RatePerSecond, 1, 550);
            // Both sides of the bound were tried, and the estimate lies among them.
            Assert.InRange(capacity.Trials.Count, 3, 7);
            Assert.Contains(capacity.Trials, trial => trial.Broken is null && trial.PercentileMicroseconds <= 40_000);
            Assert.Contains(capacity.Trials, trial => trial.Broken is not null);
            Assert.InRange(
                capacity.RatePerSecond, capacity.Trials.Min(trial => trial.RatePerSecond), capacity.Trials.Max(
                    trial => trial.RatePerSecond));
            // The rest is the trial at the highest rate that was kept, whose books are its own.
            Assert.Equal(
                capacity.Trials.Where(
                    trial => trial.Broken is null).Max(trial => trial.RatePerSecond), record.OpenLoop!.RatePerSecond);
            Assert.Equal(("random", 20, null), (record.OpenLoop.Arrivals, record.Amount, record.DurationSeconds));
            Assert.True(record.Books!.Balanced);
            Assert.Empty(record.Errors);
        });
        Assert.Matches(@"baseline 20x0\s+\d+ operations/s keep p90=40ms \(\d trials", run.Output);
    }

    [Fact]
    public async Task Objective_ThatNoRateKeeps_IsSaid()
    {
        await using var server = new RawServer(_ =>
        {
            Thread.Sleep(20);
            return RawReply.Empty;
        });
        await using var pool = new FakePool(Socket, workers: 1, () => Interlocked.Read(ref server.Requests));
        var run = await RunAsync(server, ["1 1 1 baseline 20 0 2 haproxy - 0 p50=1ms"], "--trial", "50ms");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("run 1 (block 1, 1 procs, baseline): no rate kept p50=1ms", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Log) && RunLog.Read(Log).Count > 0);
    }

    [Theory]
    [InlineData("1 1 1 baseline 20", "is no planned run")]
    [InlineData("1 1 1 nonsense 20 0 3 haproxy - 0", "no action is called nonsense")]
    [InlineData("# only a comment", "plans no run")]
    public async Task BadPlan_OneLine(string line, string said)
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await RunAsync(server, [line]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(said, Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(
        RawServer server, string[] plan, params string[] options) =>
        Client.CallAsync(Arguments(server, plan, options));

    /// <summary>Where it matters that the server's process is not the client's.</summary>
    private Task<(int ExitCode, string Output, string Errors)> RunProcessAsync(
        RawServer server, string[] plan, params string[] options) =>
        ChildProcess.RunAsync(Client.Program, Arguments(server, plan, options), patience: TimeSpan.FromMinutes(3));

    private string[] Arguments(RawServer server, string[] plan, string[] options)
    {
        File.WriteAllLines(Plan, ["# " + PlannedRun.Columns, .. plan]);
        string[] usual = options.Contains("--at-least") ? [] : ["--at-least", "20ms", "--at-most", "10s"];
        return
        [
            "runs", Plan, "--url", server.Url, "--control", Socket, "--record", Log, "--warm", "100ms", "--settle", "10ms",
            .. options.Contains("--quiet") ? Array.Empty<string>() : ["--quiet", "0"], .. usual, .. options,
        ];
    }
}
