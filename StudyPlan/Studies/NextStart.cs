using StudyPlan.Order;
using StudyResults;

namespace StudyPlan.Studies;

/// <summary>Which servers are started next, and for which runs.</summary>
/// <param name="Block">From 1.</param>
/// <param name="Group">What is started.</param>
/// <param name="Runs">In their order.</param>
internal sealed record NextStart(int Block, Group Group, IReadOnlyList<PlannedRun> Runs)
{
    /// <summary>
    /// The first runs of a plan that are neither good already nor were tried since this session began: what RequestClient could
    /// not make right in its attempts is left to the next session. Null when there are none.
    /// </summary>
    public static NextStart? Find(PlanFile plan, StudyParameters parameters, RunState state)
    {
        var tried = plan.Sessions[^1].Starts.Select(start => (start.Block, start.Group)).ToHashSet();
        return plan.Runs.Where(run => !state.IsGood(run))
            .GroupBy(run => (run.Block, Group: parameters.GroupOf(Cell.Of(run))))
            .Where(group => !tried.Contains(group.Key))
            .Select(group => new NextStart(group.Key.Block, group.Key.Group, [.. group]))
            .FirstOrDefault();
    }
}
