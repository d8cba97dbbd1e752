namespace Graph.Analysis.Selecting;

/// <summary>From runs to one value a unit of analysis.</summary>
internal static class UnitValues
{
    /// <summary>
    /// The logarithm of the rate in each block: the mean over the labels that the cell was measured under, so that the smallest
    /// cell, which has two, is known better than any single run.
    /// </summary>
    public static IReadOnlyDictionary<Block, double> LogRates(IEnumerable<Run> cell) => InBlocks(cell).ToDictionary(
        block => block.Key, block => block.GroupBy(run => run.IsControl).Average(label => label.Average(run => run.LogRate)));

    /// <summary>The second label of the cell over the first, by unit.</summary>
    public static IReadOnlyDictionary<int, double> ControlRatios(IEnumerable<Run> cell) => ByUnit(
        from block in InBlocks(cell)
        where block.Any(run => run.IsControl) && block.Any(run => !run.IsControl)
        select (block.Key.Unit, block.Where(run => run.IsControl)
            .Average(run => run.LogRate) - block.Where(run => !run.IsControl).Average(run => run.LogRate)));

    /// <summary>
    /// Logarithms of cell over reference: within each block that has both, then the mean over the blocks of a unit.
    /// </summary>
    public static IReadOnlyDictionary<int, double> LogRatios(
        IReadOnlyDictionary<Block, double> cell, IReadOnlyDictionary<Block, double> reference) =>
        ByUnit(
            cell.Where(block => reference.ContainsKey(block.Key)).Select(
                block => (block.Key.Unit, block.Value - reference[block.Key])));

    /// <summary>The mean over the blocks of each unit.</summary>
    public static IReadOnlyDictionary<int, double> OfUnits(IReadOnlyDictionary<Block, double> blocks) =>
        ByUnit(blocks.Select(block => (block.Key.Unit, block.Value)));

    /// <summary>
    /// The mean over actions in each unit. Where an action is missing in a unit, what is left is centred by the actions' own
    /// means, so that an action which scales well does not move the mean by being away.
    /// </summary>
    /// <param name="actions">For each action a value a unit; empty ones are left out.</param>
    public static IReadOnlyDictionary<int, double> OverActions(IEnumerable<IReadOnlyDictionary<int, double>> actions)
    {
        var known = actions.Where(action => action.Count > 0).Select(action => (Mean: action.Values.Average(), Values: action))
            .ToList();
        if (known.Count == 0) return new Dictionary<int, double>();
        var level = known.Average(action => action.Mean);
        return known.SelectMany(action => action.Values.Select(unit => (Unit: unit.Key, Beyond: unit.Value - action.Mean)))
            .GroupBy(entry => entry.Unit).ToDictionary(unit => unit.Key, unit => level + unit.Average(entry => entry.Beyond));
    }

    private static IEnumerable<IGrouping<Block, Run>> InBlocks(IEnumerable<Run> runs) =>
        runs.Where(run => run is { Counts: true, Block: not null }).GroupBy(run => run.Block!);

    private static Dictionary<int, double> ByUnit(IEnumerable<(int Unit, double Value)> values) =>
        values.GroupBy(entry => entry.Unit).OrderBy(unit => unit.Key)
            .ToDictionary(unit => unit.Key, unit => unit.Average(entry => entry.Value));
}
