using Graph.Analysis;

namespace Graph.Tests;

public sealed class ComparisonLineTests
{
    private static readonly Simulation Puts = new() { Procs = [1, 2], Actions = ["put"], Noise = 0.001 };

    [Fact]
    public void Of_EveryBlockSlower_SaysSoWithRangeAndExactCoverage() => Assert.Matches(
        @"^put: 1 -> 2 processes x0\.50 \[0\.50, 0\.50\] slower in every block \(5 blocks; the range covers the true median with 93\.75 %\)$",
        LineOf(Puts with { Truth = (_, procs) => 10_000.0 / procs }));

    [Fact]
    public void Of_EveryBlockFaster_SaysFaster() =>
        Assert.Contains("x2.00 [2.00, 2.00] faster in every block (6 blocks; the range covers the true median with 96.88 %)",
            LineOf(Puts with { Truth = (_, procs) => 10_000.0 * procs, Blocks = 6 }), StringComparison.Ordinal);

    [Fact]
    public void Of_BlocksOnBothSides_CantTell() => Assert.Contains("can't tell", LineOf(Puts with { Noise = 0.05 }), StringComparison.Ordinal);

    [Fact]
    public void Of_FewBlocks_ClaimsNothing() =>
        Assert.Contains("x0.50 [0.50, 0.50] too few blocks to tell (2 blocks; the range covers the true median with 50 %)",
            LineOf(Puts with { Truth = (_, procs) => 10_000.0 / procs, Blocks = 2 }), StringComparison.Ordinal);

    [Fact]
    public void Of_OneProcessMissing_SaysSo() =>
        Assert.Equal("put: no run with 1 process to compare with", LineOf(Puts with { Procs = [2, 4] }));

    [Fact]
    public void Of_OneProcessAlone_SaysSo() =>
        Assert.Matches("^put: 10,0../s with 1 process, and no other to compare it with$|^put: 9,99./s with 1 process, and no other to compare it with$",
            LineOf(Puts with { Procs = [1] }));

    [Fact]
    public void Of_DriftingMachine_ComparesWithinBlocks()
    {
        // The machine becomes ten times slower on the way; inside a block the two cells still meet the same machine.
        var line = LineOf(Puts with { Drift = Math.Log(10), Blocks = 40, Noise = 0 });

        Assert.Matches(@"x(1\.0|0\.9)\d \[0\.9\d, 1\.0\d\] can't tell", line);
    }

    [Fact]
    public void Remarks_ErrorsAndMissingRuns_NameTheCells()
    {
        var records = (Puts with { Actions = ["put", "get"] }).Records().Where(record => record is not { Action: "get", Procs: 2 }).ToList();
        records[0] = records[0] with { Errors = new Dictionary<string, long> { ["reset"] = 7 }, Operations = 19_993 };
        var cell = $"{records[0].Action} with {Remark.Processes(records[0].Procs!.Value)}";
        records.Add(records[^1] with { Block = 6 });

        var remarks = Assert.Single(ScenarioBuilder.FromRecords(records)).Remarks;

        Assert.Contains($"7 operations failed: {cell}", remarks);
        Assert.Contains("no run at all: get with 2 processes", remarks);
        Assert.Contains(remarks, remark => remark.StartsWith("only 5 of 6 runs: ", StringComparison.Ordinal));
    }

    private static string LineOf(Simulation simulation) =>
        Assert.Single(ComparisonLine.Of(Assert.Single(ScenarioBuilder.FromRecords(simulation.Records()))));
}
