using Graph.Analysis.Comparing;
using Graph.Analysis.Scenarios;
using Graph.Analysis.Selecting;

namespace Graph.Analysis.Variants;

/// <summary>Scenarios that differ in one dimension alone, and what is to be judged of them.</summary>
internal sealed record VariantGroup(
    VariantSubject Subject, IReadOnlyList<(string Variant, Scenario Scenario)> Scenarios, IReadOnlyList<VariantPair> Pairs)
{
    /// <summary>Each variant but the reference at each number of processes, over all actions.</summary>
    public IReadOnlyList<(string Variant, int Procs, Contrast Contrast)> Primary { get; } =
    [
        .. Pairs.GroupBy(pair => (pair.Variant, pair.Cell.Procs)).Select(pairs => (
            pairs.Key.Variant, pairs.Key.Procs,
            Contrast.Of(
                pairs.Key.Procs, pairs.Key.Procs, UnitValues.OverActions(pairs.Select(pair => pair.Ratios)),
                () => pairs.Max(pair => pair.Contrast.Obstacle!.Value)) with
            {
                SharesStarts = pairs.Any(pair => pair.Contrast.SharesStarts),
                IsWithheld = pairs.Any(pair => pair.Contrast.IsWithheld),
            })),
    ];

    public static ScenarioKey Common(Dimension dimension, ScenarioKey key) =>
        key with { Conditions = dimension.Without(key.Conditions) };

    /// <summary>All groups of scenarios that differ in this dimension alone.</summary>
    public static IEnumerable<VariantGroup> Of(
        Dimension dimension, IReadOnlyList<(Scenario Scenario, ScenarioVerdicts Verdicts)> all) =>
        all.Where(one => dimension.ValueOf(one.Scenario.Key.Conditions) is not null)
            .GroupBy(one => Common(dimension, one.Scenario.Key)).Where(group => group.Count() > 1)
            .Select(group => Of(dimension, group.Key, [.. group]));

    private static VariantGroup Of(
        Dimension dimension, ScenarioKey key, IReadOnlyList<(Scenario Scenario, ScenarioVerdicts Verdicts)> group)
    {
        var scenarios =
            group.Select(one => (Variant: dimension.ValueOf(one.Scenario.Key.Conditions)!, one.Scenario, one.Verdicts))
            .OrderBy(one => one.Variant, dimension.Order()).ToList();
        var subject = new VariantSubject(dimension, key, dimension.ReferenceOf([.. scenarios.Select(one => one.Variant)]));
        var reference = scenarios.First(one => one.Variant == subject.Reference);
        var pairs =
            from one in scenarios
            where one.Variant != subject.Reference
            from cell in one.Scenario.Cells
            join other in reference.Scenario.Cells on (cell.Action, cell.Procs) equals (other.Action, other.Procs)
            let ratios = UnitValues.LogRatios(UnitValues.LogRates(cell.Runs), UnitValues.LogRates(other.Runs))
            select new VariantPair(one.Variant, cell, ratios, Contrast.Of(
                cell.Procs, other.Procs, ratios, () => ScenarioContrasts.ObstacleOf(cell, other)) with
            {
                PlainRatio = ScenarioContrasts.PlainRatioOf(cell, other),
                SharesStarts = one.Verdicts.Contrasts.SharesStarts,
                IsWithheld = one.Verdicts.IsWithheld || reference.Verdicts.IsWithheld,
            });
        return new VariantGroup(subject, [.. scenarios.Select(one => (one.Variant, one.Scenario))], [.. pairs]);
    }
}

/// <summary>A cell of a variant against the same cell of the reference.</summary>
internal sealed record VariantPair(string Variant, Cell Cell, IReadOnlyDictionary<int, double> Ratios, Contrast Contrast);
