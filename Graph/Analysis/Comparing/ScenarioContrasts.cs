using Graph.Analysis.Scenarios;
using Graph.Analysis.Selecting;

namespace Graph.Analysis.Comparing;

/// <summary>What one scenario asks: each number of processes against the fewest, over all actions and for each.</summary>
internal sealed record ScenarioContrasts
{
    /// <summary>Over all actions that were measured with the scenario's fewest processes.</summary>
    public required IReadOnlyList<Contrast> Primary { get; init; }

    /// <summary>Cells that the answers over all actions do without: they have no rate, or in too few blocks.</summary>
    public required IReadOnlyList<(string Action, int Procs)> LeftOut { get; init; }

    /// <summary>What these rest on: the logarithm of the ratio in each unit, by number of processes.</summary>
    public required IReadOnlyDictionary<int, IReadOnlyDictionary<int, double>> PrimaryRatios { get; init; }

    /// <summary>By action, in the order of the cells.</summary>
    public required IReadOnlyList<(string Action, IReadOnlyList<Contrast> Contrasts)> Actions { get; init; }

    /// <summary>The smallest cell against itself; null where it was measured under one label.</summary>
    public Contrast? Control { get; init; }

    /// <summary>Whether several blocks were made on one start of the servers.</summary>
    public required bool SharesStarts { get; init; }

    public static ScenarioContrasts Of(Scenario scenario)
    {
        var fewest = scenario.Cells.Min(cell => cell.Procs);
        var actions = scenario.Cells.GroupBy(cell => cell.Action).Select(action => ArmsOf([.. action])).ToList();
        var whole = actions.Where(action => action.Reference.Procs == fewest).ToList();
        var control = UnitValues.OverActions(whole.Select(action => UnitValues.ControlRatios(action.Reference.Runs)));
        var primary =
            (from action in whole
             from arm in action.Arms
             group (action.Reference, Arm: arm) by arm.Cell.Procs into arms
             orderby arms.Key
             select (Procs: arms.Key, Arms: arms.ToList(), Ratios: UnitValues.OverActions(arms.Select(one => one.Arm.Ratios))))
            .ToList();
        return new ScenarioContrasts
        {
            Actions = [.. actions.Select(action => (action.Reference.Action, ContrastsOf(action.Reference, action.Arms)))],
            Primary =
            [
                .. primary.Select(
                    count => Contrast.Of(
                        count.Procs, fewest, count.Ratios,
                        () => count.Arms.Max(one => ObstacleOf(one.Arm.Cell, one.Reference)))),
            ],
            LeftOut =
            [
                .. from count in primary
                   where count.Ratios.Count > 0
                   let most = count.Arms.Max(one => one.Arm.Ratios.Count)
                   from action in actions
                   where action.Arms.Find(arm => arm.Cell.Procs == count.Procs) is not { Ratios.Count: > 0 and var units }
                       || UnitValues.IsTooThin(units, most)
                   select (action.Reference.Action, count.Procs),
            ],
            PrimaryRatios = primary.ToDictionary(count => count.Procs, count => count.Ratios),
            Control = control.Count == 0 ? null : Contrast.Of(fewest, fewest, control, () => OpenReason.NoCommonBlock),
            SharesStarts = scenario.Cells.SelectMany(cell => cell.Runs).Select(run => run.Block).OfType<Block>().Distinct()
                .GroupBy(block => block.Unit).Any(unit => unit.Count() > 1),
        };
    }

    private static IReadOnlyList<Contrast> ContrastsOf(Cell reference, List<Arm> arms) =>
        [.. arms.Select(arm => Of(reference, arm))];

    private static (Cell Reference, List<Arm> Arms) ArmsOf(IReadOnlyList<Cell> cells)
    {
        var reference = UnitValues.LogRates(cells[0].Runs);
        return (cells[0],
        [
            .. cells.Skip(1).Select(cell => new Arm(cell, UnitValues.LogRatios(UnitValues.LogRates(cell.Runs), reference)))
        ]);
    }

    private static Contrast Of(Cell reference, Arm arm) =>
        Contrast.Of(arm.Cell.Procs, reference.Procs, arm.Ratios, () => ObstacleOf(arm.Cell, reference)) with
        {
            PlainRatio = PlainRatioOf(arm.Cell, reference),
        };

    /// <summary>A number of processes of an action, against the fewest.</summary>
    private sealed record Arm(Cell Cell, IReadOnlyDictionary<int, double> Ratios);

    /// <summary>Why two cells have no ratio within blocks: the graver of what is the matter with either.</summary>
    public static OpenReason ObstacleOf(Cell cell, Cell reference) =>
        new[] { cell, reference }.Min(one => one switch
        {
            { OperationsPerSecond: > 0, Runs.Count: 0 } => OpenReason.SumsOnly,
            { OperationsPerSecond: > 0 } => OpenReason.NoCommonBlock,
            _ => one.OtherRuns.All(run => run.Use == RunUse.NoRightOperation)
                ? OpenReason.NoRightOperation
                : OpenReason.NoUsableRun,
        });

    public static double? PlainRatioOf(Cell cell, Cell reference) =>
        cell.OperationsPerSecond > 0 && reference.OperationsPerSecond > 0
            ? cell.OperationsPerSecond / reference.OperationsPerSecond
            : null;
}
