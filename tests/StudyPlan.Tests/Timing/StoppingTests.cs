using StudyPlan.Timing;

namespace StudyPlan.Tests.Timing;

public sealed class StoppingTests
{
    [Theory]
    [InlineData(4, 100, null, null)]
    [InlineData(5, 100, 3, null)]
    [InlineData(5, 100, 0, "decided")]
    [InlineData(5, 500, 3, null)]
    [InlineData(5, 501, 3, "budget")]
    [InlineData(5, 900, 3, "budget")]
    [InlineData(4, 900, null, null)]
    [InlineData(6, 100, null, null)]
    public void FindReason_BudgetOfTenMinutes_StopsWhenDecidedOrWhenAnotherBlockWouldNotFit(
        int blocks, int usedSeconds, int? open, string? reason) =>
        Assert.Equal(reason, Stopping.FindReason(Parameters.Default, blocks, TimeSpan.FromSeconds(usedSeconds), open));

    [Fact]
    public void FindReason_BudgetOfZero_StopsAfterExactlyRuns()
    {
        var study = Parameters.Default with { Budget = TimeSpan.Zero, Runs = 3 };
        Assert.Null(Stopping.FindReason(study, 2, TimeSpan.FromHours(1), null));
        Assert.Equal("runs", Stopping.FindReason(study, 3, TimeSpan.FromSeconds(1), null));
    }

    [Fact]
    public void IsLookDue_AnyBlock_OnlyWhereLooksArePaidFor()
    {
        Assert.Equal(
            [5, 8, 12, 16, 20, 25, 30], Enumerable.Range(1, 33).Where(blocks => Stopping.IsLookDue(Parameters.Default, blocks)));
        Assert.Equal(
            [8, 12], Enumerable.Range(1, 13).Where(blocks => Stopping.IsLookDue(Parameters.Default with { Runs = 7 }, blocks)));
        Assert.False(Stopping.IsLookDue(Parameters.Default with { Budget = TimeSpan.Zero }, 5));
    }

    [Fact]
    public void Parse_WhatGraphSays_IsALook() =>
        Assert.Equal(
            new Look(4, 18, "run 1 process: 8 cost 13 %"), Look.Parse(
                "open 4 of 18\nanswer so far: run 1 process: 8 cost 13 %\n"));

    [Fact]
    public void Parse_SomethingElse_IsNone() => Assert.Null(Look.Parse("four of eighteen are open\n"));

    [Fact]
    public void Describe_AfterALook_TellsTimeLeftOpenComparisonsAndTheAnswer()
    {
        Assert.Equal(
            "5 blocks done in 6:40; at most 6:40 left; 4 of 18 comparisons open; answer so far: run 1 process",
            Progress.Describe(Parameters.Default, 5, Used(300, 400), new Look(4, 18, "run 1 process"), null));
        Assert.Equal(
            "1 block done in 1:00; 4:00 to 9:00 left", Progress.Describe(Parameters.Default, 1, Used(60, 60), null, null));
        Assert.Equal(
            "5 blocks done in 9:10; another block would go beyond BUDGET", Progress.Describe(
                Parameters.Default, 5, Used(540, 550), null, "budget"));
    }

    private static TimeUsed Used(int measuring, int total) => new(TimeSpan.FromSeconds(measuring), TimeSpan.FromSeconds(total));
}
