using Blobs.TestSupport;
using Graph.Analysis.Comparing;
using Graph.Analysis.Selecting;
using Graph.Inputs;
using StudyResults;

namespace Graph.Tests.Analysis;

/// <summary>Which runs count, and what is one unit.</summary>
public sealed class SelectionTests
{
    private static readonly Simulation Study = new() { Procs = [1, 2], Blocks = 8, Control = true, Noise = 0.02 };

    [Fact]
    public void Disturbed_run_measured_again_counts_by_its_last_good_attempt()
    {
        var records = Study.Records().Select(run => run with { Attempt = 1 }).ToList();
        var late = records[10] with { Attempt = 2, StartedAt = records[10].StartedAt.AddHours(1) };
        records[10] = Disturbed(records[10], 3);
        records.Add(late);

        var analysis = Simulation.AnalysisOf(records);

        Assert.Equal((1, 1, 0), (analysis.Tally.Disturbed, analysis.Tally.MeasuredAgain, analysis.Tally.DisturbedAndCounted));
        var cell = analysis.Cells.First(cell => cell.Cell.Action == late.Action && cell.Cell.Procs == late.Procs).Cell;
        Assert.Contains(late.StartedAt, cell.Runs.Select(run => run.Record.StartedAt));
        Assert.Equal(RunUse.Disturbed, Assert.Single(cell.OtherRuns).Use);
    }

    [Fact]
    public void Run_with_fewer_workers_than_asked_for_does_not_count_even_where_the_record_does_not_say_so()
    {
        var records = Study.Records()
            .Select(run => run with
            {
                Serving = run is { Block: 4, Procs: 2, Action: "put" } ? [0] : [.. Enumerable.Range(0, run.Procs!.Value)],
            });

        Assert.Equal(1, Simulation.AnalysisOf(records).Tally.Invalid);
    }

    [Fact]
    public void Disturbance_of_a_third_of_one_arm_does_not_move_the_answer()
    {
        var records = Study.Records().Select(run => run.Procs == 2 && run.Block <= 3 ? Disturbed(run, 2) : run).ToList();

        var analysis = Simulation.AnalysisOf(records);

        Assert.Equal(18, analysis.Tally.Disturbed);
        Assert.Equal(Answer.Equivalent, Assert.Single(analysis.Primary).Answer);
    }

    [Fact]
    public void Disturbance_that_never_ends_leaves_runs_to_read()
    {
        var analysis = Simulation.AnalysisOf(Study.Records().Select(run => Disturbed(run, 1)));

        Assert.Equal(Answer.Equivalent, Assert.Single(analysis.Primary).Answer);
        Assert.Equal(analysis.Tally.Measured, analysis.Tally.DisturbedAndCounted);
    }

    [Fact]
    public void Cell_that_is_disturbed_every_time_keeps_its_runs_and_its_row()
    {
        var records = (Study with { Blocks = 2 }).Records()
            .Select(run => run is { Action: "put", Procs: 2 } ? Disturbed(run, 2) : run).ToList();

        var scenario = Simulation.AnalysisOf(records).Scenario;

        Assert.Equal(2, scenario.Cells.Single(cell => cell is { Action: "put", Procs: 2 }).Runs.Count);
        Assert.Equal(scenario.Cells.Count, scenario.Rows.Count);
    }

    [Fact]
    public void Invalid_run_does_not_count()
    {
        var records = Study.Records()
            .Select((run, index) => index == 3 ? run with { Invalid = ["1 of 2 workers served"], ElapsedSeconds = 100 } : run);

        Assert.Equal((1, 0), (Simulation.AnalysisOf(records).Tally.Invalid, Simulation.AnalysisOf(records).Tally.SetAside.Count));
    }

    [Fact]
    public void Halved_run_is_set_aside_and_named()
    {
        var records = Study.Records()
            .Select((run, index) => index == 7 ? run with { ElapsedSeconds = run.ElapsedSeconds * 2 } : run).ToList();

        Assert.Equal(records[7].StartedAt, Assert.Single(Simulation.AnalysisOf(records).Tally.SetAside).Record.StartedAt);
    }

    [Fact]
    public void Quarter_of_a_cell_is_the_most_that_is_set_aside()
    {
        var records = Study.Records().Select(
            run => run is { Action: "put", Procs: 2, Block: <= 4 }
                ? run with { ElapsedSeconds = run.ElapsedSeconds * (1 + run.Block!.Value) }
                : run);

        Assert.Equal(2, Simulation.AnalysisOf(records).Tally.SetAside.Count);
    }

    [Theory]
    [InlineData(null, 8)]
    [InlineData(1, 8)]
    [InlineData(2, 4)]
    public void Blocks_of_one_start_are_one_unit(int? blocksPerStart, int units) =>
        Assert.Equal(
            units, Assert.Single(
                Simulation.AnalysisOf((Study with { BlocksPerStart = blocksPerStart }).Records()).Primary).Interval!.Units);

    [Fact]
    public void Starts_of_each_arm_leave_the_block_as_unit()
    {
        var records = Study.Records().Select(run => run with { Start = 2 * run.Block + run.Procs });

        Assert.Equal(8, Assert.Single(Simulation.AnalysisOf(records).Primary).Interval!.Units);
    }

    [Fact]
    public void Control_that_differs_withholds_every_answer()
    {
        var records = (Study with { Truth = (_, procs) => 10_000 * procs }).Records()
            .Select(run => run.Control == true ? run with { ElapsedSeconds = run.ElapsedSeconds / 1.5 } : run);

        var analysis = Simulation.AnalysisOf(records);

        Assert.True(analysis.IsWithheld);
        Assert.Equal((Answer.Faster, null), (analysis.Control!.Answer, analysis.Advice));
        Assert.All(analysis.Primary.Concat(analysis.Actions.SelectMany(action => action.Comparisons)), comparison =>
            Assert.Equal((Answer.Inconclusive, OpenReason.ControlDiffers), (comparison.Answer, comparison.Reason)));
        Assert.InRange(analysis.Primary[0].Ratio!.Value, 1.4, 2.1);
    }

    [Fact]
    public void Action_without_a_right_operation_stays_in_the_table_with_its_reason()
    {
        var analysis = Simulation.AnalysisOf(
            Study.Records().Select(run => run is { Action: "put", Procs: 2 } ? run with { Operations = 0 } : run));

        var comparison = Assert.Single(analysis.Actions.Single(action => action.Action == "put").Comparisons);
        Assert.Equal((Answer.Inconclusive, OpenReason.NoRightOperation), (comparison.Answer, comparison.Reason));
        Assert.Equal(Answer.Equivalent, Assert.Single(analysis.Primary).Answer);
    }

    [Fact]
    public void Two_inputs_of_one_name_keep_their_blocks_apart()
    {
        using var directory = new TempDirectory();
        var one = directory.Write("one.jsonl", Study.Records());
        var two = directory.Write("two.jsonl", (Study with { Seed = 2 }).Records());

        var input = StudyReader.Read([one, two, one], skipBad: false, TestContext.Current.CancellationToken).Input!;

        Assert.Equal(2 * Study.Records().Count, input.Records.Count);
        Assert.Equal(16, Assert.Single(Simulation.AnalysisOf(input.Records).Primary).Interval!.Units);
    }

    [Fact]
    public void What_was_written_and_read_again_gives_the_same_answers()
    {
        using var directory = new TempDirectory();
        var records = (Study with { Noise = 0.08, Truth = (_, procs) => 10_000 * (1 + procs / 10.0) }).Records();
        var path = directory.Write("runs.jsonl", records);

        var read =
            Simulation.AnalysisOf(StudyReader.Read([path], skipBad: false, TestContext.Current.CancellationToken).Input!.Records);

        Assert.Equal(Simulation.AnalysisOf(records).Primary, read.Primary);
    }

    /// <summary>Something else has half of the machine, and the run takes so much longer.</summary>
    private static RunRecord Disturbed(RunRecord run, double longer) => run with
    {
        ElapsedSeconds = run.ElapsedSeconds * longer,
        CpuSeconds = new CpuSecondsRecord { Client = 0.5, Proxy = 0.5, Workers = [0.5] },
        MachineCpu = new MachineCpuRecord
        {
            BusySeconds = 1.5 + run.ElapsedSeconds * longer,
            IdleSeconds = Math.Max(0, run.ElapsedSeconds * longer - 1.5),
            IoWaitSeconds = 0,
            StealSeconds = 0,
        },
    };
}
