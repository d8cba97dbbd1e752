using Graph.Analysis.Comparing;
using Graph.Analysis.Limits;
using Graph.Analysis.Scenarios;
using Graph.Analysis.Selecting;
using Graph.Spelling;
using StudyResults;

namespace Graph.Analysis.Flags;

/// <summary>Looks a cell over for what a reader must know before believing it.</summary>
internal static class CellFlags
{
    /// <summary>Within 30 % of its ceiling the client shapes the figures.</summary>
    private const double NearCeiling = 0.7;

    private const double NotableSteal = 0.05;

    /// <summary>RequestClient's name for a second reply with the same {once}.</summary>
    private const string GivenTwice = "twice";

    /// <summary>From half of the runs on the median itself may be one of them.</summary>
    private const double MedianRatio = 0.5;

    /// <summary>A short window may hold a period of the cap more than its length; no more gets past one.</summary>
    private const double FarBeyondCap = 2;

    /// <summary>In a study of a thousand blocks nobody misses one.</summary>
    private const double FullRatio = 0.9;

    /// <param name="cell">The cell.</param>
    /// <param name="usage">What it used; null where it has no runs of its own.</param>
    /// <param name="conditions">What it ran under.</param>
    /// <param name="mostRuns">Runs of the cell that has the most.</param>
    public static IEnumerable<Flag> Of(Cell cell, Usage? usage, Conditions conditions, int mostRuns)
    {
        foreach (var flag in Errors(cell)) yield return flag;
        if (cell.Runs.Count == 0 || usage is null) yield break;
        if (OfOneLabel(cell) is var runs && runs < Math.Max(FullRatio * mostRuns, DecisionRule.LeastBlocks))
            yield return new Flag(FlagKind.TooFewRuns, TooFew(runs, mostRuns));
        if (IsOfMost(cell, run => run.Record.Warmup?.HasDrifted() == true))
            yield return new Flag(FlagKind.NotSteady, "not steady, half of the runs or more began before the rate had settled");
        if (IsOfMost(cell, run => Disturbance.Of(run.Record).IsDisturbed))
            yield return new Flag(FlagKind.Disturbed, "disturbed, something else used the machine in half of the runs or more");
        foreach (var flag in Client(cell, usage)) yield return flag;
        if (usage.StealRatio is >= NotableSteal and var stolen)
            yield return new Flag(FlagKind.Stolen, $"CPU stolen, other machines on the host took {Words.Percent(stolen)}");
        if (conditions.RatePerSecond is not null)
            yield return new Flag(FlagKind.GivenRate, "the rate was given, so it is not what the servers can do");
        if (cell.AllRuns.Select(run => Imbalance(run.Record)).OfType<string>().FirstOrDefault() is { } imbalance)
            yield return new Flag(FlagKind.BooksDontBalance, $"books don't balance, {imbalance}");
        if (conditions.CpuLimit is not { } limit) yield break;
        yield return new Flag(FlagKind.Capped, $"capped at {Words.Number(limit)} cores a process");
        if (usage.BusiestWorker is not { } worker) yield break;
        if (worker.Cores > FarBeyondCap * limit)
        {
            yield return new Flag(FlagKind.CapNotInForce, $"cap not in force, a worker used {Words.Number(worker.Cores)} cores");
        }
        else if (worker.Cores / limit >= LimiterRule.FullRatio || worker.ThrottledRatio > LimiterRule.NotableThrottling)
        {
            yield return new Flag(FlagKind.Throttled, "throttled, a worker was at its limit of CPU");
        }
    }

    private static bool IsOfMost(Cell cell, Func<Run, bool> holds) => cell.Runs.Count(holds) >= MedianRatio * cell.Runs.Count;

    private static IEnumerable<Flag> Client(Cell cell, Usage usage)
    {
        if (usage.ClientThreadCores is >= LimiterRule.FullRatio and var thread)
            yield return new Flag(FlagKind.ClientBound, $"client-bound, its thread {Words.Percent(thread)} busy");
        // The median, as of everything: one lucky run is no reason to doubt the cell.
        if (cell.Median(run => run.OperationsPerSecond() / run.ClientCeilingPerSecond) is > NearCeiling and var part)
        {
            yield return new Flag(
                FlagKind.ClientBound,
                $"client-bound, at {Words.Percent(part)} of what the client reaches against a trivial reply");
        }

        if (cell.Runs.Count(run => run.Record.Capacity is { ByClient: true }) is > 0 and var limited)
        {
            yield return new Flag(
                FlagKind.ClientBound,
                $"client-bound, it broke the rates above in {limited} of {Words.Count(cell.Runs.Count, "run")}");
        }

        if (cell.Runs.Count(run => run.Record is { Capacity: null, OpenLoop.FellBehind: true }) is > 0 and var behind)
        {
            yield return new Flag(
                FlagKind.ClientBound,
                $"client-bound, behind its own schedule in {behind} of {Words.Count(cell.Runs.Count, "run")}");
        }
    }

    private static IEnumerable<Flag> Errors(Cell cell)
    {
        if (cell.AllRuns.Sum(run => run.Failed) is > 0 and var failed)
            yield return new Flag(FlagKind.Errors, $"{Words.Count(failed, "operation")} failed");
        if (cell.AllRuns.Sum(run => run.Record.Errors.GetValueOrDefault(GivenTwice)) is > 0 and var twice)
        {
            yield return new Flag(
                FlagKind.Errors,
                $"{Words.Count(twice, "answer")} held what another had been given already: the server hands things out twice");
        }

        if (cell.AllRuns.Count(run => run.Use == RunUse.NoRightOperation) is > 0 and var empty)
        {
            yield return new Flag(
                FlagKind.Errors, $"{empty} of {Words.Count(cell.AllRuns.Count(), "run")} without one right operation");
        }
    }

    /// <summary>The smallest cell was measured under two labels, twice as often as the others.</summary>
    public static int OfOneLabel(Cell cell) => cell.Runs.Count(run => !run.IsControl);

    private static string TooFew(int runs, int most) => runs < most
        ? $"only {runs} of {Words.Count(most, "run")}"
        : $"{Words.Count(runs, "run")}, an answer takes {DecisionRule.LeastBlocks}";

    /// <summary>
    /// What each counted that has counted, when they differ. A request that never got through is in the client's count
    /// alone.
    /// </summary>
    private static string? Imbalance(RunRecord run)
    {
        var counts = new List<(string Who, long Count)>();
        if ((run.Books?.Client ?? run.Requests) is { } sent) counts.Add(("client", sent));
        if ((run.Books?.Proxy ?? run.ProxyRequests) is { } proxy) counts.Add(("proxy", proxy));
        if ((run.Books?.Workers ?? (run.RequestsPerWorker is { Count: > 0 } workers ? workers.Sum() : null)) is { } sum)
            counts.Add(("workers", sum));
        if (counts.Select(count => count.Count).Distinct().Count() > 1)
            return $"for instance {Words.List([.. counts.Select(count => $"{count.Who} {Words.Whole(count.Count)}")])} requests";
        return run.Books is { Stored: { } stored } books && stored != books.Counted
            ? $"for instance the store holds {Words.Whole(stored)} more and the client was told of "
                + (books.Counted is { } told ? Words.Whole(told) : "none")
            : null;
    }
}
