using StudyResults;

namespace StudyPlan.Order;

/// <summary>
/// The order of a study. A block is a run of every cell; comparing within blocks takes out what drifts slower than a block
/// lasts. Inside a block the groups come in random order, because servers are started once for each, and inside a group its
/// cells do. A cell and its control are one cell: two runs of it in a row would take a moment of the machine for a property of
/// the cell, so such orders are drawn again as long as another can be had.
/// </summary>
internal static class ShuffledBlocks
{
    private const int MostDraws = 500;

    /// <summary>All blocks, one after the other, without end; the same parameters always give the same order.</summary>
    public static IEnumerable<IReadOnlyList<PlannedRun>> Of(StudyParameters parameters)
    {
        var random = new Random(parameters.Seed);
        var order = 0;
        Cell? last = null;
        for (var block = 1; ; block++)
        {
            var cells = Shuffled(parameters, random, last);
            yield return [.. cells.Select(cell => Planned(cell, block, ++order))];
            last = cells[^1];
        }
    }

    private static IReadOnlyList<Cell> Shuffled(StudyParameters parameters, Random random, Cell? last)
    {
        IReadOnlyList<Cell> best = [];
        var least = int.MaxValue;
        for (var draw = 0; draw < MostDraws && least > 0; draw++)
        {
            var cells = Draw(parameters, random);
            // Between two blocks the servers are started anew, so there a repeat weighs less.
            var repeats = (2 * cells.Zip(cells.Skip(1)).Count(pair => pair.First.IsSameAs(pair.Second)))
                + (last?.IsSameAs(cells[0]) == true ? 1 : 0);
            if (repeats < least) (best, least) = (cells, repeats);
        }

        return best;
    }

    private static IReadOnlyList<Cell> Draw(StudyParameters parameters, Random random)
    {
        var groups = parameters.Cells.GroupBy(parameters.GroupOf).ToArray();
        random.Shuffle(groups);
        return [.. groups.SelectMany(group => Shuffled(group, random))];
    }

    private static Cell[] Shuffled(IEnumerable<Cell> cells, Random random)
    {
        var shuffled = cells.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static PlannedRun Planned(Cell cell, int block, int order) => new()
    {
        Block = block,
        Order = order,
        Procs = cell.Procs,
        Action = cell.Action,
        Amount = cell.Scenario.Amount,
        SizeKiB = cell.Scenario.SizeKiB,
        Concurrency = cell.Concurrency,
        Proxy = cell.WayIn,
        Store = cell.Store,
        Control = cell.Control,
        Objective = cell.Objective,
    };
}
