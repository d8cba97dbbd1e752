using Graph.Analysis.Scenarios;
using Graph.Analysis.Selecting;
using StudyResults;

namespace Graph.Analysis;

/// <summary>What became of the runs of a scenario.</summary>
internal sealed record RunTally
{
    /// <summary>Every attempt.</summary>
    public required int Measured { get; init; }

    public required int Counted { get; init; }

    /// <summary>Runs that were not what was asked for.</summary>
    public required int Invalid { get; init; }

    /// <summary>Attempts inside which something else used the machine, whether they count or not.</summary>
    public required int Disturbed { get; init; }

    /// <summary>Those of them that count, because of their action there are hardly any others.</summary>
    public required int DisturbedAndCounted { get; init; }

    /// <summary>Attempts beyond the first.</summary>
    public required int MeasuredAgain { get; init; }

    /// <summary>Runs far from what their cell and block let expect.</summary>
    public required IReadOnlyList<Run> SetAside { get; init; }

    public static RunTally Of(Scenario scenario)
    {
        var runs = scenario.Cells.SelectMany(cell => cell.AllRuns).ToList();
        var disturbed = runs.Where(run => Disturbance.Of(run.Record).IsDisturbed).ToList();
        return new RunTally
        {
            Measured = runs.Count,
            Counted = runs.Count(run => run.Counts),
            Invalid = runs.Count(run => run.Use == RunUse.Invalid),
            Disturbed = disturbed.Count,
            DisturbedAndCounted = disturbed.Count(run => run.Use is RunUse.Counts or RunUse.SetAside),
            MeasuredAgain = runs.Count(run => run.Record.Attempt > 1),
            SetAside = [.. runs.Where(run => run.Use == RunUse.SetAside)],
        };
    }
}
