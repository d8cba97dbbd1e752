using Graph.Report.Document;
using Graph.Report.Wording;
using StudyResults;

namespace Graph.Tests.Report.Wording;

/// <summary>The sentence that somebody in a hurry reads, for every kind of outcome.</summary>
public sealed class VerdictTextTests
{
    private static readonly Simulation Puts = new() { Procs = [1, 2, 4], Actions = ["put"], Noise = 0.001 };

    [Fact]
    public void Of_MoreCost_AdvisesTheFewestAndSaysWhatTheOthersDo() => Assert.Equal(
        ["On this machine run 1 process: 4 cost 20 %, 2 make less than 10 % difference"],
        VerdictOf((Puts with { Truth = (_, procs) => procs == 4 ? 8_000 : 10_000 }).Records()));

    [Fact]
    public void Of_SeveralCost_ListsThem() => Assert.Equal(
        ["On this machine run 1 process: 2 and 4 cost 50 and 75 %"], VerdictOf(
            (Puts with { Truth = (_, procs) => 10_000.0 / procs }).Records()));

    [Fact]
    public void Of_MoreHelp_AdvisesTheFastest() => Assert.Equal(
        ["On this machine run 4 processes: they do 4 times what 1 does"], VerdictOf(
            (Puts with { Truth = (_, procs) => 10_000 * procs }).Records()));

    [Fact]
    public void Of_MoreHelpALittle_SaysHowManyPercent() => Assert.Equal(
        ["On this machine run 2 processes: they do 30 % more than 1"],
        VerdictOf((Puts with { Truth = (_, procs) => procs == 2 ? 13_000 : 10_000 }).Records()));

    [Fact]
    public void Of_AllEquivalent_AdvisesTheFewest() => Assert.Equal(
        ["On this machine run 1 process: 2 and 4 make less than 10 % difference"], VerdictOf(Puts.Records()));

    [Fact]
    public void Of_Capped_SaysUnderWhichCap() => Assert.StartsWith(
        "With each process capped at 0.1 cores run 4 processes: ",
        VerdictOf(
            (Puts with { Truth = (_, procs) => 10_000 * procs }).Records().Select(
                run => run with { CpuLimit = 0.1 }))[0], StringComparison.Ordinal);

    [Fact]
    public void Of_TooFewBlocks_ClaimsNothing()
    {
        var verdict = VerdictOf((Puts with { Blocks = 2, Truth = (_, procs) => 10_000.0 / procs }).Records());

        Assert.Equal("This study can't tell how many processes to run", verdict[0]);
        Assert.Contains("too few blocks: 4 are the least", verdict[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ManyBlocksOfOneStart_AsksForStartsAndNotForBlocks()
    {
        var verdict = VerdictOf((Puts with { Blocks = 8, BlocksPerStart = 8, Truth = (_, procs) => 10_000.0 / procs }).Records());

        Assert.Equal(
            [
                "This study can't tell how many processes to run",
                "2 and 4 processes can't be told: too few starts of the servers: 4 are the least, "
                    + "and blocks on one start count as one",
            ], verdict);
    }

    [Fact]
    public void Of_RunsWithoutBlocks_ClaimsNothing() => Assert.Equal(
        "This study can't tell how many processes to run", VerdictOf(Puts.Records().Select(run => run with { Block = null }))[0]);

    [Theory]
    [InlineData(10_000, 0, "1 process kept up with 10,000 operations/s, without an error")]
    [InlineData(20_000, 3, "1 process did 10,000 of 20,000 operations/s, with 15 errors")]
    public void Of_GivenRate_TellsFirstWhetherItWasKept(double rate, int failed, string expected)
    {
        var loop = new OpenLoopRecord { RatePerSecond = rate, FromDue = new Dictionary<string, LatencyRecord>(), Waited = 0, LateStarts = 0, MaxLagMicroseconds = 1, FellBehind = false };
        var records = (Puts with { Procs = [1] }).Records().Select(run => run with
        {
            OpenLoop = loop,
            Errors = failed == 0 ? run.Errors : new Dictionary<string, long> { ["reset"] = failed },
        });
        Assert.Equal(expected, VerdictOf(records)[0].Split("; limiter")[0]);
    }

    [Fact]
    public void Of_RunsThatFailed_SaysSoBesideTheAdvice()
    {
        var study = Puts with { Actions = ["put", "get"] };
        var records = study.Records().Select(run => run with
        {
            Errors = run is { Action: "get", Procs: 2 } ? new Dictionary<string, long> { ["status 503"] = 3 } : run.Errors,
            Books = new BooksRecord { Client = 20_000, Proxy = 19_999, Balanced = false },
        });

        Assert.Equal("Beware: errors in get; books don't balance", VerdictOf(records)[^1]);
    }

    [Theory]
    [InlineData(2, "Beware: not steady")]
    [InlineData(1, "Beware: not steady in get")]
    [InlineData(0, null)]
    public void Of_RatesThatHadNotSettledInMostCells_SaysSoBesideTheAdvice(int actions, string? expected)
    {
        string[] unsettled = [.. new[] { "get", "put" }.Take(actions)];
        var records = (Puts with { Actions = ["put", "get"] }).Records().Select(run => run with
        {
            Warmup = new WarmupRecord
            {
                LimitSeconds = 3,
                ElapsedSeconds = 3,
                Operations = 1,
                Settled = !unsettled.Contains(run.Action),
            },
        });

        AssertBeware(expected, VerdictOf(records));
    }

    [Theory]
    [InlineData(4, "Beware: client-bound")]
    [InlineData(1, null)]
    public void Of_ClientThatWasTheLimitOfMostCells_SaysSoBesideTheAdvice(int mostProcs, string? expected) => AssertBeware(
        expected, VerdictOf(Puts.Records().Select(
            run => run with { ClientCeilingPerSecond = run.Procs <= mostProcs ? 12_500 : 50_000 })));

    [Fact]
    public void Of_MachineThatWasNeverQuiet_SaysSoBesideTheAdvice() => AssertBeware(
        "Beware: disturbed", VerdictOf((Puts with { Template = HtmlReportTests.Rich }).Records().Select(run => run with
        {
            MachineCpu = new MachineCpuRecord
            {
                BusySeconds = 2 * run.ElapsedSeconds,
                IdleSeconds = 0,
                IoWaitSeconds = 0,
                StealSeconds = 0,
            },
            CpuSeconds = run.CpuSeconds with { Client = 0.1 },
        })));

    [Fact]
    public void Of_CapThatHeldNobodyBack_SaysSoBesideTheAdvice()
    {
        var verdict = VerdictOf(
            (Puts with { Template = HtmlReportTests.Rich }).Records().Select(run => run with { CpuLimit = 0.01 }));

        AssertBeware("Beware: cap not in force", verdict);
    }

    [Fact]
    public void Of_OneProcessAlone_SaysThatThereIsNothingToCompare() => Assert.Equal(
        ["All runs had 1 process, so there is nothing to compare"], VerdictOf((Puts with { Procs = [1] }).Records()));

    [Fact]
    public void Of_CountsThatNoActionShares_SaysThatThereIsNothingToCompare() => Assert.Equal(
        ["No action was measured with 1 process and with more, so there is nothing to compare"],
        VerdictOf([.. (Puts with { Procs = [1] }).Records(), .. (Puts with { Procs = [2], Actions = ["get"] }).Records()]));

    [Fact]
    public void Of_FewestThatNeverAnswered_SaysThatAndNothingOfBlocks()
    {
        var verdict = VerdictOf(Puts.Records().Select(run => run.Procs == 1 ? run with { Operations = 0 } : run));

        Assert.Equal("2 and 4 processes can't be told: a cell has no right operation", verdict[1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Of_ActionThatIsInNextToNoBlockWithSomeCount_SaysWhatItIsOver(int blocks)
    {
        var study = Puts with { Actions = ["put", "get"], Blocks = 8, Truth = (_, procs) => 10_000.0 / procs };
        var verdict = VerdictOf(study.Records().Where(run => run is not { Action: "get", Procs: 4 } || run.Block <= blocks));

        Assert.Equal(
            ["On this machine run 1 process: 2 and 4 cost 50 and 75 %", "That is over all actions but get with 4 processes"],
            verdict);
    }

    [Fact]
    public void Of_ControlThatDiffers_WithholdsTheAnswer()
    {
        var records = (Puts with { Truth = (_, procs) => 10_000.0 / procs, Blocks = 8 }).Records();

        var verdict = VerdictOf([.. records, .. Again(records, 1.3)]);

        Assert.Equal("No answer: the control, one cell measured twice, differs from itself", verdict[0]);
        Assert.DoesNotContain(verdict, sentence => sentence.Contains("cost", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_ControlThatAgrees_AnswersAsWithout()
    {
        var records = (Puts with { Truth = (_, procs) => 10_000.0 / procs, Blocks = 8 }).Records();

        Assert.Equal(["On this machine run 1 process: 2 and 4 cost 50 and 75 %"], VerdictOf([.. records, .. Again(records, 1)]));
    }

    [Fact]
    public void Of_ActionsOfOppositeSign_NamesThoseThatTheAdviceIsWrongFor()
    {
        var verdict = VerdictOf((Puts with { Procs = [1, 2], Actions = ["list", "put"], Truth = (action, procs) => procs == 1 ? 10_000 : action == "put" ? 14_000 : 4_000 }).Records());

        Assert.StartsWith("On this machine run 1 process: 2 cost 25 %", verdict[0], StringComparison.Ordinal);
        Assert.StartsWith("Not so for put (2 processes x1.40 [", verdict[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NoisyMiddle_SaysThatItMayBeBetterStill()
    {
        var records = (Puts with { Blocks = 6 }).Records().Select(run => run.Procs switch
        {
            2 => run with { ElapsedSeconds = run.ElapsedSeconds * Math.Exp(0.4 * Math.Sin(run.Block!.Value)) },
            4 => run with { ElapsedSeconds = run.ElapsedSeconds * 2 },
            _ => run,
        });

        Assert.Equal(
            [
                "On this machine run 1 process: 4 cost 50 %", "2 processes may be better still, which these data can't tell"
            ], VerdictOf(records));
    }

    /// <summary>The runs of one process a second time, under the control's label and so many times as fast.</summary>
    internal static IEnumerable<RunRecord> Again(IEnumerable<RunRecord> records, double ratio) =>
        records.Where(run => run.Procs == 1)
        .Select(run => run with
        {
            Control = true,
            Order = run.Order + 1000,
            StartedAt = run.StartedAt.AddSeconds(5),
            ElapsedSeconds = run.ElapsedSeconds / ratio * Math.Exp(0.001 * (run.Block!.Value % 3 - 1)),
        });

    private static void AssertBeware(string? expected, List<string> verdict) =>
        Assert.Equal(expected, verdict.SingleOrDefault(sentence => sentence.StartsWith("Beware", StringComparison.Ordinal)));

    private static List<string> VerdictOf(IEnumerable<RunRecord> records) =>
        [.. VerdictText.Of(Simulation.AnalysisOf(records)).Select((Sentence sentence) => sentence.Text)];
}
