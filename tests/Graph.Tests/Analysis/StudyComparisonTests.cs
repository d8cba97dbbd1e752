using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Analysis.Estimating;
using StudyResults;

namespace Graph.Tests.Analysis;

public sealed class StudyComparisonTests
{
    private static readonly Simulation Puts = new() { Procs = [1, 2], Actions = ["put"] };

    [Theory]
    // Critical values of Mann and Whitney's U at 5 %: 2 for 5 and 5, 5 for 6 and 6, 23 for 10 and 10.
    [InlineData(5, 5, 3, 0.9682540)]
    [InlineData(6, 6, 6, 0.9588745)]
    [InlineData(10, 10, 24, 0.9567429)]
    [InlineData(1, 5, 1, 0.6666667)]
    public void ShiftInterval_EqualSteps_TakesTheRankOfTheTables(int left, int right, int rank, double coverage)
    {
        // Powers of two make all differences distinct, so that the rank of an end can be read off.
        double[] values = [.. Enumerable.Range(0, left).Select(index => Math.Pow(2, index))];
        double[] reference = [.. Enumerable.Range(0, right).Select(index => 0.3 * Math.Pow(3, index))];
        var differences = values.SelectMany(value => reference.Select(other => value - other)).Order().ToList();

        var interval = ShiftInterval.Of(values, reference);

        Assert.Equal(coverage, interval.Coverage, 1e-6);
        Assert.Equal((differences[rank - 1], differences[^rank]), (interval.Low, interval.High));
    }

    [Fact]
    public void ShiftInterval_LargeSamples_StaysQuick()
    {
        var random = new Random(2);

        var interval = ShiftInterval.Of(
            [.. Enumerable.Range(0, 4000).Select(_ => 1 + Simulation.Normal(random))], [.. Enumerable.Range(0, 4000).Select(_ => Simulation.Normal(random))]);

        Assert.InRange(1, interval.Low, interval.High);
        Assert.InRange(interval.High - interval.Low, 0, 0.2);
        Assert.InRange(interval.Coverage, 0.95, 0.96);
    }

    [Theory]
    [InlineData(1.0, nameof(Answer.Inconclusive))]
    [InlineData(1.3, nameof(Answer.Faster))]
    [InlineData(0.7, nameof(Answer.Slower))]
    public void Of_TwoStudies_GivesTheAnswer(double ratio, string expected)
    {
        var comparison = Assert.Single(
            Compare((Puts with { Truth = (_, _) => 10_000 * ratio, Seed = 9 }).Records(), Puts.Records(), out _));

        Assert.Equal(2, comparison.Comparisons.Count);
        Assert.All(comparison.Comparisons, cell => Assert.Equal(expected, cell.Answer.ToString()));
        Assert.All(comparison.Comparisons, cell => Assert.Equal(0.968, cell.Interval!.Coverage, 3));
        Assert.Empty(comparison.Differences);
    }

    [Fact]
    public void Of_QuietStudies_AreEquivalent() => Assert.All(
        Assert.Single(
            Compare((Puts with { Noise = 0.01, Seed = 9 }).Records(), (Puts with { Noise = 0.01 }).Records(), out _)).Comparisons,
        cell => Assert.Equal(Answer.Equivalent, cell.Answer));

    [Fact]
    public void Of_TwoEqualStudies_AreCalledDifferentInAtMost5Percent()
    {
        var answers = Enumerable.Range(0, 400).SelectMany(study => Compare(
            (Puts with { Seed = 2 * study }).Records(), (Puts with { Seed = 2 * study + 1 })
                .Records(), out _)[0].Comparisons).ToList();

        Assert.InRange(answers.Count(cell => cell.Answer is Answer.Faster or Answer.Slower) / (double)answers.Count, 0, 0.05);
    }

    public static TheoryData<string, string> Obstacles => new()
    {
        { "cap", "not capped against capped at 0.1 cores a process" },
        { "size", "blobs of 10 KiB against 1000 KiB" },
        { "amount", "runs of 20000 operations against 500" },
        { "concurrency", "concurrency 10 against 50" },
        { "durability", "durability none against always" },
    };

    [Theory]
    [MemberData(nameof(Obstacles))]
    public void Of_WhatCantBeCompared_IsRefusedWithTheReason(string change, string reason)
    {
        var baseline = Puts.Records().Select(run => change switch
        {
            "cap" => run with { CpuLimit = 0.1 },
            "size" => run with { SizeKiB = 1000 },
            "amount" => run with { Amount = 500 },
            "concurrency" => run with { Concurrency = 50 },
            _ => run with { Durability = "always" },
        });

        Assert.Empty(Compare(Puts.Records(), baseline, out var refusal));
        Assert.Equal(reason, refusal);
    }

    [Fact]
    public void Of_SeveralObstacles_NamesAll()
    {
        var baseline = Puts.Records().Select(run => run with { CpuLimit = 0.1, Amount = 500 });

        Assert.Empty(Compare(Puts.Records(), baseline, out var refusal));
        Assert.Equal("runs of 20000 operations against 500, not capped against capped at 0.1 cores a process", refusal);
    }

    [Fact]
    public void Of_OtherMachineProxyAndServer_ComparesAndNamesThem()
    {
        var baseline = Puts.Records().Select(run => run with
        {
            Proxy = "nginx",
            Store = "python",
            Software = "nginx 1.22",
            Machine = run.Machine with { CpuModel = "Other CPU", Cores = 8 },
        });

        Assert.Equal(
            [
                "machine Example CPU, 2 processors, was Other CPU, 8 processors", "proxy haproxy, was nginx",
                "server BlobsServer on ext4, was python", "software unknown, was nginx 1.22",
            ],
            Assert.Single(Compare(Puts.Records(), baseline, out _)).Differences);
    }

    [Fact]
    public void Of_ATable_HasNoInterval()
    {
        var scenarios = ScenarioBuilder.FromRecords(Puts.Records());
        var table = ScenarioBuilder.FromRows(ResultsTable.From(Puts.Records()), runsPerRow: 5);

        var comparison = Assert.Single(StudyComparison.Of(scenarios, table, DecisionRule.Default, out _));

        Assert.All(
            comparison.Comparisons,
            cell => Assert.Equal(
                (1.0, Answer.Inconclusive, true), (Math.Round(cell.Ratio!.Value, 6), cell.Answer, cell.Interval is null)));
        Assert.Equal("one of the two does not say what it ran under", comparison.Differences[0]);
    }

    [Fact]
    public void Of_NoCommonCell_IsRefused()
    {
        Assert.Empty(Compare(Puts.Records(), (Puts with { Actions = ["get"] }).Records(), out var refusal));
        Assert.Equal("they have no cell in common", refusal);
    }

    private static IReadOnlyList<StudyComparison> Compare(
        IEnumerable<RunRecord> study, IEnumerable<RunRecord> baseline, out string? refusal) =>
        StudyComparison.Of(
            ScenarioBuilder.FromRecords(study), ScenarioBuilder.FromRecords(baseline), DecisionRule.Default, out refusal);
}
