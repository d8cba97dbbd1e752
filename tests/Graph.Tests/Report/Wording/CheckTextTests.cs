using Graph.Analysis.Flags;
using Graph.Report.Document;
using Graph.Report.Wording;
using StudyResults;

namespace Graph.Tests.Report.Wording;

/// <summary>What the checks say when something is wrong, and when nothing is.</summary>
public sealed class CheckTextTests
{
    private static readonly Simulation Puts = new() { Procs = [1, 2], Actions = ["put"], Noise = 0.001 };

    [Fact]
    public void Of_StudyThatKnowsEverything_PassesAllButTheControlThatItHasNot()
    {
        var checks = Checks((Puts with { Template = Whole, Blocks = 10 }).Records());

        Assert.DoesNotContain(checks, check => check.Tone == Tone.Doubtful);
        Assert.Equal(["control"], checks.Where(check => check.Tone == Tone.Unknown).Select(check => check.Text.Split(':')[0]));
        Assert.Equal(
            ["control", "books", "disturbance", "steady", "warm-up", "client", "outliers"], checks.Select(
                check => check.Text.Split(':')[0]));
    }

    [Fact]
    public void Of_Control_ShowsThePair()
    {
        var records = (Puts with { Blocks = 10 }).Records();

        Assert.Matches(
            @"^control: the smallest cell against itself is x1\.00 \[[\d.]+, [\d.]+\], as it should be$", Checks(
                [.. records, .. VerdictTextTests.Again(records, 1)])[0].Text);
        var differs = Checks([.. records, .. VerdictTextTests.Again(records, 1.3)])[0];
        Assert.Equal(Tone.Doubtful, differs.Tone);
        Assert.EndsWith("which should be x1: the answers are withheld", differs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_DisturbedRuns_SaysHowManyAndThatTheyDontCount()
    {
        var records = (Puts with { Template = Whole, Blocks = 10 }).Records().Select(run => run.Block == 3
            ? run with { CpuSeconds = run.CpuSeconds with { Workers = [0.4] } }
            : run);

        Assert.Contains(
            Checks(records),
            check => check.Text == "disturbance: something else used the machine in 2 of 20 runs, none of them counts");
    }

    [Fact]
    public void Of_RunsWhoseClientNobodyMetered_DoesNotSayThatNothingElseRan()
    {
        var records = (Puts with { Template = Whole, Blocks = 10 }).Records()
            .Select(run => run with { CpuSeconds = run.CpuSeconds with { Client = null } });

        Assert.Contains(
            Checks(records),
            check => check is { Tone: Tone.Unknown, Text: "disturbance: nobody read what else ran on the machine" });
    }

    [Fact]
    public void Of_DriftingMachine_SaysSo() => Assert.Contains(
        Checks((Puts with { Drift = Math.Log(10), Blocks = 60, Noise = 0 }).Records()),
        check => check.Tone == Tone.Doubtful && check.Text.StartsWith(
            "drift: the last quarter of the runs was x0.", StringComparison.Ordinal));

    [Fact]
    public void Of_NearlyEveryCell_NamesTheOthers() => Assert.Contains(
        Checks(
            (Puts with { Procs = [1, 2, 4, 8] }).Records().Select(run => run.Procs == 4 ? run : run with { ProxyRequests = 1 })),
        check => check.Text.EndsWith(": every cell but put with 4 processes", StringComparison.Ordinal));

    [Fact]
    public void Of_MissingCell_NamesIt() => Assert.Contains(
        Checks([.. Puts.Records().Where(run => run.Procs == 1), .. (Puts with { Actions = ["get"] }).Records()]),
        check => check.Text == "runs: none at all: put with 2 processes");

    public static TheoryData<string, string> Flags => new()
    {
        { nameof(FlagKind.Errors), "errors: 15 operations failed: put with 2 processes" },
        { nameof(FlagKind.TooFewRuns), "runs: only 4 of 5 runs: put with 2 processes" },
        { nameof(FlagKind.NotSteady), "not steady, half of the runs or more began before the rate had settled: put with 2 processes" },
        { nameof(FlagKind.ClientBound), "client-bound, at 80 % of what the client reaches against a trivial reply: put with 2 processes" },
        { nameof(FlagKind.GivenRate), "the rate was given, so it is not what the servers can do: every cell" },
        { nameof(FlagKind.BooksDontBalance), "books don't balance, for instance client 20000, proxy 20001 and workers 19999 requests: put with 2 processes" },
    };

    [Theory]
    [MemberData(nameof(Flags))]
    public void Of_FlaggedCell_NamesTheFlagAndTheCell(string flag, string expected) => Assert.Contains(
        Checks(Flagged(Enum.Parse<FlagKind>(flag))), check => check is { Tone: Tone.Doubtful } && check.Text == expected);

    [Fact]
    public void Of_StoreThatHoldsLessThanTheClientWasTold_TheBooksDontBalance()
    {
        var books =
            new BooksRecord { Client = 20_000, Proxy = 20_000, Workers = 20_000, Counted = 327, Stored = 100, Balanced = false };
        var checks = Checks(Puts.Records().Select(run => run with { Books = books }));
        var check = Assert.Single(checks, check => check.Text.StartsWith("books", StringComparison.Ordinal));
        Assert.Equal((Tone.Doubtful, "books don't balance, for instance the store holds 100 more and the client was told of 327: every cell"), (check.Tone, check.Text));
    }

    private static IEnumerable<RunRecord> Flagged(FlagKind kind)
    {
        var records = Puts.Records();
        IEnumerable<RunRecord> Second(Func<RunRecord, RunRecord> change) =>
            records.Select(run => run.Procs == 2 ? change(run) : run);
        return kind switch
        {
            FlagKind.Errors => Second(
                run => run.Block == 1
                    ? run with { Errors = new Dictionary<string, long> { ["reset"] = 5, ["status-500"] = 10 } }
                    : run),
            FlagKind.TooFewRuns => records.Where(run => run is not { Procs: 2, Block: 3 }),
            FlagKind.NotSteady => Second(run => run with
            {
                Warmup = new WarmupRecord { LimitSeconds = 3, ElapsedSeconds = 3, Operations = 1, Settled = run.Block <= 2 },
            }),
            FlagKind.ClientBound => records.Select(run => run with { ClientCeilingPerSecond = run.Procs == 2 ? 12_500 : 50_000 }),
            FlagKind.GivenRate => records.Select(run => run with { OpenLoop = Loop }),
            FlagKind.BooksDontBalance => Second(run => run with { ProxyRequests = 20_001, RequestsPerWorker = [10_000, 9_999] }),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not made here"),
        };
    }

    /// <summary>A record of a run at which all was counted and nothing disturbed.</summary>
    private static RunRecord Whole { get; } = HtmlReportTests.Rich with
    {
        Books = new BooksRecord { Client = 20_000, Proxy = 20_000, Workers = 20_000, Balanced = true },
        ClientCeilingPerSecond = 50_000,
        MachineCpu = new MachineCpuRecord { BusySeconds = 3.75, IdleSeconds = 0.25, IoWaitSeconds = 0, StealSeconds = 0 },
    };

    private static OpenLoopRecord Loop { get; } = new()
    {
        RatePerSecond = 5000,
        FromDue = new Dictionary<string, LatencyRecord>(),
        Waited = 0,
        LateStarts = 0,
        MaxLagMicroseconds = 1,
        FellBehind = false,
    };

    private static IReadOnlyList<Sentence> Checks(IEnumerable<RunRecord> records) => CheckText.Of(Simulation.AnalysisOf(records));
}
