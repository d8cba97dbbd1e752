using Graph.Analysis.Comparing;
using Graph.Analysis.Flags;
using Graph.Analysis.Scenarios;
using Graph.Charts;
using Graph.Report;
using Graph.Report.Wording;
using StudyResults;

namespace Graph.Tests.Analysis;

/// <summary>Runs that searched the highest rate are compared by it, whatever their last trial did.</summary>
public sealed class CapacityTests
{
    private static readonly Simulation Study =
        new() { Procs = [1, 2], Actions = ["put"], Blocks = 12, Noise = 0.05, Truth = (_, procs) => procs == 1 ? 2000 : 3000 };

    [Fact]
    public void Records_OfManyRates_AreOneScenarioComparedByTheHighest()
    {
        var analysis = Simulation.AnalysisOf(Study.Records().Select(record => Searched(record)));
        var comparison = Assert.Single(analysis.Primary);
        Assert.Equal(Answer.Faster, comparison.Answer);
        Assert.InRange(comparison.Ratio!.Value, 1.4, 1.6);
        Assert.Equal("the highest rate with p99 within 20 ms, 10 KiB blobs", analysis.Scenario.Key.Work);
        Assert.All(
            analysis.Cells,
            cell => Assert.DoesNotContain(cell.Flags, flag => flag.Kind is FlagKind.GivenRate or FlagKind.ClientBound));
    }

    [Fact]
    public void Verdict_TellsEachRateWithItsInterval()
    {
        var analysis = Simulation.AnalysisOf(Study.Records().Select(record => Searched(record)));
        var sentences = VerdictText.Of(analysis).Select(sentence => sentence.Text).ToList();
        Assert.StartsWith("On this machine run 2 processes: they do", sentences[0], StringComparison.Ordinal);
        Assert.Matches(@"^put: p99 stays within 20 ms up to [12],\d{3} operations/s \[[12],\d{3}, [12],\d{3}\] with 1 process, [23],\d{3} \[[23],\d{3}, [23],\d{3}\] with 2$", sentences[^1]);
        Assert.Contains("Highest rate/s", Tables.Cells(analysis).Columns.Select(column => column.Name));
        Assert.Equal("Operations per second with p99 within 20 ms", BlobsInParallel.Describe(analysis).Panels[0].Y.Label);
    }

    [Fact]
    public void Records_OfTwoObjectives_AreTwoScenarios()
    {
        var records = Study.Records();
        var scenarios = ScenarioBuilder.FromRecords(
            [.. records.Select(record => Searched(record)), .. records.Select(record => Searched(record, "p50=1ms"))]);
        Assert.Equal(
            ["p50-1msx10", "p99-20msx10"], scenarios.Select(scenario => scenario.Key.FileName).Order(StringComparer.Ordinal));
        Assert.NotNull(Comparable.Obstacle(scenarios[0].Key, scenarios[1].Key));
        Assert.NotNull(Comparable.Obstacle(scenarios[0].Key, ScenarioBuilder.KeyOf(records[0])));
    }

    [Fact]
    public void Client_ThatBrokeTheRatesAbove_IsFlagged()
    {
        var analysis =
            Simulation.AnalysisOf(Study.Records().Select(record => Searched(record) is var searched && record.Procs == 2
            ? searched with { Capacity = searched.Capacity! with { ByClient = true } }
            : searched));
        Assert.Contains(analysis.Cells.Last().Flags, flag => flag.Kind == FlagKind.ClientBound);
        Assert.DoesNotContain(analysis.Cells.First().Flags, flag => flag.Kind == FlagKind.ClientBound);
    }

    /// <summary>The same rate as the highest; the trial that the record shows was made at one below, different in each.</summary>
    private static RunRecord Searched(RunRecord record, string objective = "p99=20ms") => record with
    {
        Operations = record.Operations * 9 / 10,
        Capacity = new CapacityRecord { Objective = objective, RatePerSecond = record.Operations / record.ElapsedSeconds, ByClient = false, Trials = [] },
        OpenLoop = new OpenLoopRecord
        {
            RatePerSecond = 0.9 * record.Operations / record.ElapsedSeconds,
            Arrivals = "random",
            FromDue = new Dictionary<string, LatencyRecord>(),
            Waited = 0,
            LateStarts = 0,
            MaxLagMicroseconds = 1,
            FellBehind = false,
        },
    };
}
