using Graph.Analysis.Comparing;
using Graph.Analysis.Scenarios;
using StudyResults;

namespace Graph.Tests.Analysis;

public sealed class StudyComparisonTests
{
    private static readonly Simulation Puts = new() { Procs = [1, 2], Actions = ["put"] };

    [Theory]
    [InlineData(1.3, nameof(Answer.Faster))]
    [InlineData(0.7, nameof(Answer.Slower))]
    public void Of_TwoStudies_GivesTheAnswer(double ratio, string expected)
    {
        var comparison = Assert.Single(
            Compare((Puts with { Truth = (_, _) => 10_000 * ratio, Seed = 9 }).Records(), Puts.Records(), out _));

        Assert.Equal(2, comparison.Comparisons.Count);
        Assert.All(comparison.Comparisons, cell => Assert.Equal(expected, cell.Comparison.Answer.ToString()));
        Assert.Empty(comparison.Differences);
    }

    [Fact]
    public void Of_QuietStudies_AreEquivalent() => Assert.All(
        Assert.Single(
            Compare((Puts with { Noise = 0.01, Seed = 9 }).Records(), (Puts with { Noise = 0.01 }).Records(), out _)).Comparisons,
        cell => Assert.Equal(Answer.Equivalent, cell.Comparison.Answer));

    [Fact]
    public void Of_TwoEqualStudies_AreCalledDifferentInAtMost5Percent()
    {
        var answers = Enumerable.Range(0, 400).SelectMany(study => Compare(
            (Puts with { Seed = 2 * study }).Records(), (Puts with { Seed = 2 * study + 1 })
                .Records(), out _)[0].Comparisons).ToList();

        Assert.InRange(
            answers.Count(cell => cell.Comparison.Answer is Answer.Faster or Answer.Slower) / (double)answers.Count, 0, 0.05);
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
                (1.0, Answer.Inconclusive, OpenReason.SumsOnly), (Math.Round(cell.Comparison.Ratio!.Value, 2), cell.Comparison.Answer, cell.Comparison.Reason)));
        Assert.Equal("one of the two does not say what it ran under", comparison.Differences[0]);
    }

    [Fact]
    public void Of_NoCommonCell_IsRefused()
    {
        Assert.Empty(Compare(Puts.Records(), (Puts with { Actions = ["get"] }).Records(), out var refusal));
        Assert.Equal("they have no cell in common", refusal);
    }

    [Fact]
    public void Of_StudiesOfTwoWaysIn_ComparesEachWithItsOwn()
    {
        IEnumerable<RunRecord> Both(int seed) => new[] { "haproxy", "nginx" }.SelectMany(
            way => (Puts with { Seed = seed, Template = Simulation.Example with { Proxy = way } }).Records());

        var comparisons = Compare(Both(1), Both(2), out _);

        Assert.Equal(2, comparisons.Count);
        Assert.All(
            comparisons, comparison => Assert.Equal(comparison.Key.Conditions.Proxy, comparison.BaselineKey.Conditions.Proxy));
    }

    private static IReadOnlyList<StudyComparison> Compare(
        IEnumerable<RunRecord> study, IEnumerable<RunRecord> baseline, out string? refusal) =>
        StudyComparison.Of(
            ScenarioBuilder.FromRecords(study), ScenarioBuilder.FromRecords(baseline), DecisionRule.Default, out refusal);
}
