namespace StudyPlan;

/// <summary>
/// The order of a study. A block is a run of every cell once; comparing within blocks takes out what drifts slower than a
/// block lasts. Inside a block the process counts and ways in come in random order and, because servers are started once for each,
/// the cells of one pair stay together, in random order too.
/// </summary>
internal static class ShuffledBlocks
{
    /// <summary>All runs in order; the same parameters always give the same order.</summary>
    public static IEnumerable<PlannedRun> Of(StudyParameters parameters)
    {
        var random = new Random(parameters.Seed);
        var order = 0;
        Cell? last = null;
        for (var block = 1; block <= parameters.Runs; block++)
        {
            var cells = ShuffledCells(parameters, random);
            // Two runs of one cell in a row would take a moment of the machine for a property of the cell.
            while (cells.Count > 1 && cells[0] == last) cells = ShuffledCells(parameters, random);
            foreach (var cell in cells) yield return new PlannedRun(block, ++order, cell);
            last = cells[^1];
        }
    }

    private static List<Cell> ShuffledCells(StudyParameters parameters, Random random)
    {
        var workloads = parameters.Actions
            .SelectMany(action => parameters.Scenarios, (action, scenario) => (action, scenario))
            .ToArray();
        var cells = new List<Cell>();
        foreach (var (wayIn, procs) in Shuffled(parameters.Groups, random))
        {
            cells.AddRange(Shuffled(workloads, random).Select(workload => new Cell(wayIn, procs, workload.action, workload.scenario)));
        }

        return cells;
    }

    private static T[] Shuffled<T>(IEnumerable<T> items, Random random)
    {
        var shuffled = items.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }
}
