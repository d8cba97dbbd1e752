namespace Graph.Analysis.Selecting;

/// <summary>From runs to one value a unit of analysis.</summary>
internal static class UnitValues
{
    /// <summary>Fewer independent values tell their own spread too badly.</summary>
    public const int LeastUnits = 4;

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
    /// The mean over actions, as a value a unit whose mean it is: what the unit moves it by. Where no action is missing in any
    /// unit, that is the unit's own mean over actions. An action that is missing in units is known worse by itself, and so is
    /// the mean, which a unit's own mean of what it happens to have does not tell.
    /// Source: J. W. Tukey's pseudo-values of the jackknife (R. G. Miller, "The jackknife - a review", Biometrika 61 (1974)).
    /// </summary>
    /// <param name="actions">For each action a value a unit; those that are <see cref="IsTooThin"/> are left out.</param>
    public static IReadOnlyDictionary<int, double> OverActions(IEnumerable<IReadOnlyDictionary<int, double>> actions)
    {
        var all = actions.Select(action => new Summed(action)).ToList();
        var most = all.Select(action => action.Values.Count).DefaultIfEmpty().Max();
        var known = all.Where(action => !IsTooThin(action.Values.Count, most)).ToList();
        var units = known.SelectMany(action => action.Values.Keys).Distinct().Order().ToList();
        if (units.Count == 0) return new Dictionary<int, double>();
        var level = known.Average(action => action.Mean);
        // With a value an action nothing tells a spread, in however many units they lie.
        if (most == 1) return new Dictionary<int, double> { [units[0]] = level };
        return units.ToDictionary(
            unit => unit,
            unit => units.Count * level - (units.Count - 1) * known.Average(action => action.MeanWithout(unit)));
    }

    /// <summary>
    /// Whether an action has too few units to tell its own spread, where another one has twice as many: all together would
    /// seem better known than they are.
    /// </summary>
    public static bool IsTooThin(int units, int mostUnits) => units < LeastUnits && 2 * units <= mostUnits;

    private sealed record Summed(IReadOnlyDictionary<int, double> Values)
    {
        private readonly double _sum = Values.Values.Sum();

        public double Mean => _sum / Values.Count;

        public double MeanWithout(int unit) =>
            Values.TryGetValue(unit, out var value) ? (_sum - value) / (Values.Count - 1) : Mean;
    }

    private static IEnumerable<IGrouping<Block, Run>> InBlocks(IEnumerable<Run> runs) =>
        runs.Where(run => run is { Counts: true, Block: not null }).GroupBy(run => run.Block!);

    private static Dictionary<int, double> ByUnit(IEnumerable<(int Unit, double Value)> values) =>
        values.GroupBy(entry => entry.Unit).OrderBy(unit => unit.Key)
            .ToDictionary(unit => unit.Key, unit => unit.Average(entry => entry.Value));
}
