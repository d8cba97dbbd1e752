namespace StudyResults.Tests;

public sealed class PlannedRunTests
{
    private static readonly PlannedRun Run = new()
    {
        Block = 3,
        Order = 71,
        Procs = 8,
        Action = "put",
        Amount = 20_000_000_000,
        SizeKiB = 0,
        Concurrency = 100,
        Proxy = "haproxy-unix",
        Store = "redis",
        Control = true,
        Objective = Objective.Parse("p99.9=20ms"),
    };

    [Theory]
    [InlineData("redis", "redis")]
    [InlineData("disk", null)]
    [InlineData("-", null)]
    public void StartedStore_Disk_IsNone(string store, string? started) =>
        Assert.Equal(started, Assert.Single(PlannedRun.ReadAll([$"3 71 8 put 20000 10 100 haproxy {store} 1 -"])).StartedStore);

    [Fact]
    public void ToString_AnyRun_HasTheColumnsThatAreNamed() =>
        Assert.Equal(PlannedRun.Columns.Split(' ').Length, Run.ToString().Split(' ').Length);

    [Fact]
    public void ReadAll_WhatWasWritten_IsTheSame()
    {
        var plain = Run with { Store = null, Control = false, Objective = null };
        Assert.Equal(
            [Run, plain], PlannedRun.ReadAll(["# procs 1 8", $"# {PlannedRun.Columns}", Run.ToString(), "", plain.ToString()]));
        Assert.Equal("3 71 8 put 20000000000 0 100 haproxy-unix - 0 -", plain.ToString());
    }

    [Fact]
    public void ReadAll_LineOfAnOlderStudy_HasNoObjective()
    {
        var run = Assert.Single(PlannedRun.ReadAll(["3 71 8 put 20000 10 100 haproxy - 1"]));
        Assert.Equal((true, null), (run.Control, run.Objective));
    }

    [Theory]
    [InlineData("3 71 8 put 20000 10 haproxy")]
    [InlineData("0 71 8 put 20000 10 100 haproxy redis 1")]
    [InlineData("3 71 8 put 0 10 100 haproxy redis 1")]
    [InlineData("3 71 8 put 20000 99999999999 100 haproxy redis 1")]
    [InlineData("3 71 8 put 20000 10 100 haproxy redis 2")]
    [InlineData("3 71 8 put 20000 10 100 haproxy redis 1 1")]
    [InlineData("3 71 8 put 20000 10 100 haproxy redis 1 p99")]
    [InlineData("3 71 8 put 20000 10 100 haproxy redis 1 p99=20ms 1")]
    [InlineData("3 71 8  20000 10 100 haproxy redis 1")]
    public void ReadAll_NoRun_IsNamedWithItsLine(string line)
    {
        var failure = Assert.Throws<FormatException>(() => PlannedRun.ReadAll([Run.ToString(), line]));
        Assert.Contains("line 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Looks_ThirtyBlocks_AreTheSevenThatArePaidFor() => Assert.Equal([5, 8, 12, 16, 20, 25, 30], Looks.UpTo(33));
}
