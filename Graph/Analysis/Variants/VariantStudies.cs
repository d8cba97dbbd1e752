using Graph.Analysis.Comparing;
using Graph.Analysis.Scenarios;

namespace Graph.Analysis.Variants;

/// <summary>Finds the scenarios that differ in one dimension alone and judges them, in two families of their own.</summary>
internal static class VariantStudies
{
    /// <summary>A study for each group of such scenarios; none where nothing varied.</summary>
    public static IReadOnlyList<VariantStudy> Of(IReadOnlyList<ScenarioAnalysis> analyses, DecisionRule rule)
    {
        var summaries = analyses.ToDictionary(analysis => analysis.Scenario.Key, analysis => analysis.Cells.ToList());
        return
        [
            .. Compare([.. analyses.Select(analysis => (analysis.Scenario, analysis.Verdicts))], rule)
                .Select(answers => new VariantStudy
            {
                Dimension = answers.Group.Subject.Dimension,
                Key = answers.Group.Subject.Key,
                Reference = answers.Group.Subject.Reference,
                Variants = [.. answers.Group.Scenarios.Select(scenario => scenario.Variant)],
                Primary = answers.Primary,
                Actions =
                [
                    .. answers.Group.Scenarios.SelectMany(scenario => scenario.Scenario.Cells).Select(cell => cell.Action)
                        .Distinct()
                        .Select(action => ActionOf(action, answers, summaries)),
                ],
            }),
        ];
    }

    /// <summary>The answers alone.</summary>
    public static IReadOnlyList<VariantAnswers> Compare(
        IReadOnlyList<(Scenario Scenario, ScenarioVerdicts Verdicts)> scenarios, DecisionRule rule)
    {
        var groups = Enum.GetValues<Dimension>().SelectMany(dimension => VariantGroup.Of(dimension, scenarios)).ToList();
        var primary = ScenarioVerdicts.InOneFamily(
            [.. groups.Select(group => (IReadOnlyList<Contrast>)[.. group.Primary.Select(answer => answer.Contrast)])], rule);
        var single = ScenarioVerdicts.InOneFamily(
            [.. groups.Select(group => (IReadOnlyList<Contrast>)[.. group.Pairs.Select(pair => pair.Contrast)])], rule);
        return
        [
            .. groups.Select((group, index) => new VariantAnswers(
                group,
                [
                    .. group.Primary.Zip(
                        primary[index], (answer, comparison) => new VariantAnswer(answer.Variant, answer.Procs, comparison))
                ],
                group.Pairs.Zip(single[index]).ToDictionary(
                    pair => (pair.First.Variant, pair.First.Cell.Action, pair.First.Cell.Procs), pair => pair.Second))),
        ];
    }

    private static VariantAction ActionOf(
        string action, VariantAnswers answers, Dictionary<ScenarioKey, List<CellSummary>> summaries) => new(
        action,
        [
            .. from scenario in answers.Group.Scenarios
               from cell in summaries[scenario.Scenario.Key]
               where cell.Cell.Action == action
               select new VariantCell(scenario.Variant, cell)
               {
                   Against = answers.Single.GetValueOrDefault((scenario.Variant, action, cell.Cell.Procs)),
                   Shares = WorkerShares.Of(cell.Cell),
               },
        ]);
}

/// <summary>What a group's comparisons gave.</summary>
internal sealed record VariantAnswers(
    VariantGroup Group, IReadOnlyList<VariantAnswer> Primary, IReadOnlyDictionary<(string Variant, string Action, int Procs),
        Comparison> Single)
{
    public IEnumerable<Comparison> All => Primary.Select(answer => answer.Comparison).Concat(Single.Values);
}
