using Graph.Analysis.Scenarios;
using StudyResults;

namespace Graph.Tests.Analysis;

public sealed class ScenarioBuilderTests
{
    private static readonly Simulation Puts = new() { Procs = [1, 2], Actions = ["put"] };

    [Fact]
    public void FromRecords_WhatMayNotBeCompared_BecomesScenariosOfItsOwn()
    {
        var changes = new Func<RunRecord, RunRecord>[]
        {
            run => run,
            run => run with { SizeKiB = 100 },
            run => run with { Amount = 50 },
            run => run with { Concurrency = 50 },
            run => run with { CpuLimit = 0.1 },
            run => run with { Durability = "always" },
            run => run with { Proxy = "nginx" },
            run => run with { Store = "python" },
            run => run with { Machine = run.Machine with { Cores = 8 } },
            run => run with { DurationSeconds = 30 },
            run => run with { StoreEngine = "redis" },
            run => run with { ProxyCpuLimit = 0.1 },
            run => run with { StoreCpuLimit = 0.1 },
            run => run with { CpuSet = new CpuSetRecord { Client = "0", Workers = "1" } },
        };

        var scenarios = ScenarioBuilder.FromRecords(changes.SelectMany(change => Puts.Records().Select(change)));

        Assert.Equal(changes.Length, scenarios.Count);
        Assert.All(scenarios, scenario => Assert.Equal(2, scenario.Cells.Count));
        Assert.Equal(changes.Length, scenarios.Select(scenario => scenario.Key.Describe()).Distinct().Count());
        Assert.Equal(changes.Length, FileNames.Of([.. scenarios.Select(scenario => scenario.Key.Conditions)]).Distinct().Count());
    }

    [Fact]
    public void FromRecords_SeveralConcurrencies_AreInTheOrderOfTheirNumbers()
    {
        int[] concurrencies = [200, 10, 50];
        var records = concurrencies.SelectMany(count => Puts.Records().Select(run => run with { Concurrency = count }));

        Assert.Equal([10, 50, 200], ScenarioBuilder.FromRecords(records).Select(scenario => scenario.Key.Conditions.Concurrency));
    }

    [Fact]
    public void FromRecords_Cell_IsTheGeometricMeanOverItsBlocks()
    {
        var records = (Puts with { Control = true }).Records();

        var cell = ScenarioBuilder.FromRecords(records)[0].Cells[0];

        Assert.Equal(10, cell.Runs.Count);
        Assert.Equal(
            Math.Exp(
                records.Where(run => run.Procs == 1).Average(
                    run => Math.Log(run.Operations / run.ElapsedSeconds))), cell.OperationsPerSecond, 1e-6);
    }

    [Fact]
    public void FromRecords_Control_IsNoRowOfTheTable()
    {
        var rows = ScenarioBuilder.FromRecords((Puts with { Control = true }).Records())[0].Rows;

        Assert.Equal([1, 2], rows.Select(row => row.Procs));
        Assert.All(rows, row => Assert.InRange(row.Seconds, 8, 12));
    }

    [Fact]
    public void FromRecords_RunsThatADurationEnded_HaveRatesAndNoTable()
    {
        var records = Puts.Records()
            .Select(run => run with { Amount = 0, DurationSeconds = 30, ElapsedSeconds = 30, Operations = 30_000 });

        var scenario = Assert.Single(ScenarioBuilder.FromRecords(records));

        Assert.All(scenario.Cells, cell => Assert.Equal(1000, cell.OperationsPerSecond, 1e-6));
        Assert.Empty(scenario.Rows);
        Assert.Equal(("runs of 30 s, 10 KiB blobs", "30sx10"), (scenario.Key.Work, scenario.Key.FileName));
    }

    [Theory]
    [InlineData("BlobsServer on tmpfs", "20000 operations, 10 KiB blobs")]
    [InlineData("counter on ext4", "20000 operations")]
    [InlineData("python3 app.py {dir} {port} on ext4", "20000 operations, bodies of 10 KiB")]
    public void Work_SizeIsToldWhereItMeansSomething(string store, string work) =>
        Assert.Equal(work, new ScenarioKey(20_000, 10, new Conditions { Store = store }).Work);

    [Fact]
    public void FromRows_Rows_GiveTheMeanOfTheirRuns()
    {
        var scenario = Assert.Single(ScenarioBuilder.FromRows([new ResultsRow(1, "put", 1000, 10, 2.5)], runsPerRow: 5));

        Assert.Equal(2000, Assert.Single(scenario.Cells).OperationsPerSecond, 1e-9);
    }
}
