using StudyResults;

namespace Graph.Analysis.Selecting;

/// <summary>Which runs of a scenario count. Of several attempts it is the last one that can be used.</summary>
internal static class RunSelection
{
    /// <summary>From here on the disturbance is no exception: leaving such runs out would leave next to nothing.</summary>
    private const double MostDisturbedRatio = 0.5;

    /// <param name="records">The records of one scenario.</param>
    /// <param name="units">Where runs belong.</param>
    /// <returns>All of them, each with its use.</returns>
    public static IReadOnlyList<Run> Of(IEnumerable<RunRecord> records, Units units)
    {
        var runs = records.OrderBy(record => record.StartedAt)
            .Select(record => new Run(record) { Block = units.Of(record), Use = OfItself(record) }).ToList();
        // All arms of an action share the decision, or it would favour one of them.
        runs = [.. runs.GroupBy(run => run.Record.Action).SelectMany(KeepWhereAlwaysDisturbed)];
        return OutlierScreen.Apply([.. runs.GroupBy(PlannedAs).SelectMany(LastAttempt)]);
    }

    private static RunUse OfItself(RunRecord record) => record switch
    {
        { Invalid.Count: > 0 } => RunUse.Invalid,
        // Our client says so in words; the numbers of another program say it as well.
        { Serving: { } serving, Procs: { } procs } when serving.Count != procs => RunUse.Invalid,
        _ when Disturbance.Of(record).IsDisturbed => RunUse.Disturbed,
        { Operations: 0 } => RunUse.NoRightOperation,
        _ => RunUse.Counts,
    };

    private static IEnumerable<Run> KeepWhereAlwaysDisturbed(IEnumerable<Run> action)
    {
        var runs = action.ToList();
        var planned = runs.GroupBy(PlannedAs).ToList();
        var someCellIsLost = runs.GroupBy(run => (run.Record.Procs, run.IsControl)).Any(IsLost);
        if (planned.Count(IsLost) <= MostDisturbedRatio * planned.Count && !someCellIsLost) return runs;
        return runs.Select(run => run.Use != RunUse.Disturbed ? run
            : run with { Use = run.Record.Operations == 0 ? RunUse.NoRightOperation : RunUse.Counts });
    }

    /// <summary>Whether nothing would be left of these runs, and that by disturbances: then no cell may vanish.</summary>
    private static bool IsLost(IEnumerable<Run> runs) =>
        runs.Any(run => run.Use == RunUse.Disturbed) && !runs.Any(run => run.Counts);

    /// <summary>
    /// What attempts of one planned run have in common; records that don't tell attempts are a planned run each.
    /// </summary>
    private static (string, int?, int?, string, int?, bool, DateTimeOffset?) PlannedAs(Run run)
    {
        var record = run.Record;
        return (
            record.Study ?? "", record.Block ?? record.Start, record.Order, record.Action, record.Procs, run.IsControl,
            record.Attempt is null ? record.StartedAt : null);
    }

    private static IEnumerable<Run> LastAttempt(IEnumerable<Run> attempts)
    {
        var all = attempts.ToList();
        if (all.Count == 1 || all[0].Record.Attempt is null) return all;
        var chosen = all.FindLastIndex(run => run.Counts);
        return all.Select((run, index) => run.Counts && index != chosen ? run with { Use = RunUse.Superseded } : run);
    }
}
