using Graph.Analysis.Comparing;
using Graph.Analysis.Estimating;
using Graph.Analysis.Flags;
using Graph.Report;
using StudyResults;

namespace Graph.Tests.Report;

/// <summary>The words of the verdict: all four answers, and every flag.</summary>
public sealed class SentencesTests
{
    private static readonly Simulation Puts = new() { Procs = [1, 2], Actions = ["put"], Noise = 0.001 };

    [Fact]
    public void Of_Faster_SaysHowMuchAndHowSure() => Assert.Equal(
        "put: more processes help (x2.00); 1 -> 2 processes x2.00 [2.00, 2.00], faster; intervals of 6 blocks cover with 95 %; limiter: not explained, 2 processors 12 % busy",
        SentenceOf((Puts with { Truth = (_, procs) => 10_000.0 * procs, Blocks = 6 }).Records()));

    [Fact]
    public void Of_Slower_NeighboursShareTheAnswer() => Assert.StartsWith(
        "put: more processes slow it down (most 4: x0.25); 1 -> 2 processes x0.50 [0.50, 0.50], 4 x0.25 [0.25, 0.25], slower; intervals of 5 blocks cover with 95 %; ",
        SentenceOf(
            (Puts with { Procs = [1, 2, 4], Truth = (_, procs) => 10_000.0 / procs }).Records()), StringComparison.Ordinal);

    [Fact]
    public void Of_Equivalent_NamesTheMargin() => Assert.Matches(
        @"^put: the number of processes makes less than 10 % difference; 1 -> 2 processes x1\.00 \[0\.99\d, 1\.00\d\], equivalent within 10 %; ",
        SentenceOf(Puts.Records()));

    [Fact]
    public void RatioOf_BoundThatRoundsToOne_ShowsItsSide() =>
        // An answer of "slower" beside an interval that seems to end at 1.00 would look like a mistake.
        Assert.Equal(" x0.95 [0.90, 0.998]", Sentences.RatioOf(Judged(0.95, 0.90, 0.998)));

    [Fact]
    public void Of_Inconclusive_SaysWhatWouldTell() => Assert.Matches(
        @"^put: can't tell whether more processes help; 1 -> 2 processes x0\.9\d \[0\.\d\d, 1\.\d\d\], inconclusive \(RUNS=\d+ would most likely tell\); ",
        SentenceOf((Puts with { Noise = 0.08, Seed = 4 }).Records()));

    [Fact]
    public void Of_FewBlocks_ClaimsNothing() => Assert.Contains(
        "x0.50 [0.50, 0.50], inconclusive (2 blocks can't tell, 5 are the least); intervals of 2 blocks cover with 95 %",
        SentenceOf((Puts with { Truth = (_, procs) => 10_000.0 / procs, Blocks = 2 }).Records()), StringComparison.Ordinal);

    [Fact]
    public void Of_OneBlock_ClaimsNothing() => Assert.Contains(
        "inconclusive (1 block can't tell, 5 are the least)", SentenceOf(
            (Puts with { Blocks = 1 }).Records()), StringComparison.Ordinal);

    [Fact]
    public void Of_RunsWithoutBlocks_ClaimsNothing() => Assert.Contains(
        "inconclusive (no block holds both)", SentenceOf(
            Puts.Records().Select(run => run with { Block = null })), StringComparison.Ordinal);

    [Fact]
    public void Of_HelpAndCost_SaysBoth() => Assert.StartsWith(
        "put: 2 processes help (x2.00), 4 slow it down (x0.50); 1 -> 2 processes x2.00 [2.00, 2.00], faster; 1 -> 4 processes x0.50 [0.50, 0.50], slower; ",
        SentenceOf(
            (
                Puts with { Procs = [1, 2, 4], Truth = (_, procs) => procs == 2 ? 20_000 : procs == 4 ? 5_000 : 10_000, Noise = 0.0001 })
                .Records()),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(4, "4 processes slow it down (x0.25), 2 make less than 10 % difference;")]
    [InlineData(0.25, "4 processes help (x4.00), 2 make less than 10 % difference;")]
    public void Of_ShownForSomeNumbersOnly_NamesThem(double divisor, string headline) => Assert.Contains(
        headline, SentenceOf(
            (Puts with { Procs = [1, 2, 4], Truth = (_, procs) => procs == 4 ? 10_000 / divisor : 10_000 })
                .Records()), StringComparison.Ordinal);

    [Fact]
    public void Of_SeveralInconclusive_ShareOneAnswer() => Assert.Matches(
        @"1 -> 2 processes x\S+ \[[^]]+\], 4 x\S+ \[[^]]+\], inconclusive \(RUNS=\d+ and \d+ would most likely tell\); intervals",
        SentenceOf((Puts with { Procs = [1, 2, 4], Noise = 0.3, Seed = 2 }).Records()));

    [Fact]
    public void Warnings_FewRunsUnsettled_KeepTheFlagForThoseThatMatter()
    {
        var records = Puts.Records().Select(run => run with
        {
            Warmup = new WarmupRecord { LimitSeconds = 3, ElapsedSeconds = 3, Operations = 1, Settled = run.Block > 2 },
        });

        Assert.Empty(Simulation.AnalysisOf(records).Warnings());
    }

    [Fact]
    public void Warnings_NearlyEveryCell_NameTheOthers()
    {
        var records = (Puts with { Procs = [1, 2, 4, 8] }).Records()
            .Select(run => run.Procs == 4 ? run : run with { ProxyRequests = 1 });

        Assert.EndsWith(
            ": every cell but put with 4 processes", Assert.Single(Simulation.AnalysisOf(records).Warnings()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OneProcessAlone_SaysSo() => Assert.Matches(
        "^put: (10,00[0-9]|9,99[0-9]) operations/s with 1 process, nothing to compare it with; ", SentenceOf(
            (Puts with { Procs = [1] }).Records()));

    [Fact]
    public void Of_NoOneProcess_ComparesWithTheFewest() =>
        Assert.Contains("2 -> 4 processes x1.00", SentenceOf((Puts with { Procs = [2, 4] }).Records()), StringComparison.Ordinal);

    [Fact]
    public void Of_OnlyFailedRuns_ComparesNothing() => Assert.Contains(
        "1 -> 2 processes, inconclusive (no right operation)",
        SentenceOf(Puts.Records().Select(run => run.Procs == 2 ? run with { Operations = 0 } : run)), StringComparison.Ordinal);

    [Fact]
    public void Of_DriftingMachine_ComparesWithinBlocks()
    {
        // The machine becomes ten times slower on the way; inside a block the two cells still meet the same machine.
        var analysis = (Puts with { Drift = Math.Log(10), Blocks = 60, Noise = 0 }).Analysis();

        Assert.Matches(@"x(1\.0|0\.9)\d \[0\.9\d, 1\.0\d\], equivalent", Assert.Single(Sentences.Of(analysis)));
        Assert.Contains(
            analysis.Warnings(),
            warning => warning.StartsWith("drift: the last quarter of the runs was x0.", StringComparison.Ordinal));
    }

    [Fact]
    public void Warnings_SteadyMachine_SayNothingOfDrift() =>
        Assert.Empty((Puts with { Blocks = 30, Noise = 0.05 }).Analysis().Warnings());

    public static TheoryData<string, string, string> Flags => new()
    {
        { nameof(FlagKind.Errors), "beware: errors with 2 processes", "15 operations failed: put with 2 processes" },
        { nameof(FlagKind.Missing), "", "no run at all: put with 2 processes" },
        { nameof(FlagKind.TooFewRuns), "beware: too few runs with 2 processes", "only 4 of 5 runs: put with 2 processes" },
        { nameof(FlagKind.NotSteady), "beware: not steady with 2 processes", "not steady, half of the runs or more began before the rate had settled: put with 2 processes" },
        { nameof(FlagKind.ClientBound), "limiter with 1 process: not known, nobody read the servers' CPU; limiter with 2 processes: client, 96 % of its thread busy; beware: client-bound with 2 processes", "client-bound, its thread 96 % busy: put with 2 processes" },
        { nameof(FlagKind.Stolen), "beware: CPU stolen with 2 processes", "CPU stolen, other machines on the host took 25 %: put with 2 processes" },
        { nameof(FlagKind.GivenRate), "beware: given rate", "the rate was given, so it is not what the servers can do: every cell" },
        { nameof(FlagKind.BooksDontBalance), "beware: books don't balance with 2 processes", "books don't balance, for instance client 20000, proxy 20001 and workers 19999 requests: put with 2 processes" },
        { nameof(FlagKind.Capped), "", "" },
        { nameof(FlagKind.Throttled), "workers, the busiest at 95 % of its 0.1 cores; beware: throttled", "throttled, a worker was at its limit of CPU: every cell" },
    };

    [Theory]
    [MemberData(nameof(Flags))]
    public void Of_FlaggedCell_NamesTheFlagAndTheCell(string flag, string inSentence, string warning)
    {
        var kind = Enum.Parse<FlagKind>(flag);

        var analysis = Simulation.AnalysisOf(Flagged(kind));

        Assert.EndsWith(inSentence, Sentences.Of(analysis).First(), StringComparison.Ordinal);
        Assert.Equal(warning, string.Concat(analysis.Warnings()));
        if (kind != FlagKind.Missing)
            Assert.Contains(analysis.Cells.Last().Flags, found => found.Kind == kind && found.Name.Length > 0);
    }

    [Fact]
    public void Flags_EveryKind_IsTested() =>
        Assert.Equal(Enum.GetNames<FlagKind>().Order(), Flags.Select(row => row.Data.Item1).Order());

    /// <summary>A study of one and two processes whose cell of two has the flag.</summary>
    private static IEnumerable<RunRecord> Flagged(FlagKind kind)
    {
        var records = Puts.Records();
        IEnumerable<RunRecord> Second(Func<RunRecord, RunRecord> change) => records.Select(
            run => run.Procs == 2 ? change(run) : run);
        return kind switch
        {
            FlagKind.Errors => Second(
                run => run.Block == 1
                    ? run with { Errors = new Dictionary<string, long> { ["reset"] = 5, ["status-500"] = 10 } }
                    : run),
            FlagKind.Missing => [.. records.Where(run => run.Procs == 1), .. (Puts with { Actions = ["get"] }).Records()],
            FlagKind.TooFewRuns => records.Where(run => run is not { Procs: 2, Block: 3 }),
            FlagKind.NotSteady => Second(run => run with
            {
                Warmup = new WarmupRecord { LimitSeconds = 3, ElapsedSeconds = 3, Operations = 1, Settled = run.Block <= 2 },
            }),
            FlagKind.ClientBound => Second(
                run => run with { CpuSeconds = new CpuSecondsRecord { Client = 0.96 * run.ElapsedSeconds } }),
            FlagKind.Stolen => Second(run => run with
            {
                MachineCpu = new MachineCpuRecord { BusySeconds = 1, IdleSeconds = 1.5, IoWaitSeconds = 0.5, StealSeconds = 1 },
            }),
            FlagKind.GivenRate => records.Select(run => run with { OpenLoop = Loop(fellBehind: false) }),
            FlagKind.BooksDontBalance => Second(run => run with { ProxyRequests = 20_001, RequestsPerWorker = [10_000, 9_999] }),
            FlagKind.Capped => records.Select(run => run with { CpuLimit = 0.1 }),
            FlagKind.Throttled => records.Select(run => run with
            {
                CpuLimit = 0.1,
                CpuSeconds = new CpuSecondsRecord { Client = 0.1, Workers = [.. Enumerable.Repeat(0.095 * run.ElapsedSeconds, run.Procs!.Value)] },
            }),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not made here"),
        };
    }

    [Fact]
    public void Warnings_ClientNearItsCeilingOrBehind_CallItClientBound()
    {
        var near = Puts.Records()
            .Select(
                run => run.Procs == 2
                    ? run with { ClientCeilingPerSecond = 12_500 }
                    : run with { ClientCeilingPerSecond = 50_000 });
        Assert.Equal(
            ["client-bound, at 80 % of what the client reaches against a trivial reply: put with 2 processes"], Simulation.AnalysisOf(near)
                .Warnings());

        var behind = Puts.Records().Select(run => run with { OpenLoop = Loop(fellBehind: run is { Procs: 2, Block: 1 }) });
        Assert.Contains(
            "client-bound, behind its own schedule in 1 of 5 runs: put with 2 processes",
            Simulation.AnalysisOf(behind).Warnings());
    }

    private static Comparison Judged(double median, double low, double high)
    {
        return new Comparison { Procs = 2, ReferenceProcs = 1, Ratio = median, Interval = new Interval(median, low, high, 0.95, 5), Answer = Answer.Slower };
    }

    private static OpenLoopRecord Loop(bool fellBehind) => new()
    {
        RatePerSecond = 5000,
        FromDue = new Dictionary<string, LatencyRecord>(),
        Waited = 0,
        LateStarts = 0,
        MaxLagMicroseconds = 1,
        FellBehind = fellBehind,
    };

    private static string SentenceOf(IEnumerable<RunRecord> records) =>
        Assert.Single(Sentences.Of(Simulation.AnalysisOf(records)));
}
