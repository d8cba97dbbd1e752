namespace Graph.Analysis.Comparing;

/// <summary>The answers of a study that is under way.</summary>
/// <param name="Scenarios">Of each scenario.</param>
/// <param name="Open">Comparisons without an answer.</param>
/// <param name="Comparisons">All of them.</param>
internal sealed record Look(IReadOnlyList<ScenarioVerdicts> Scenarios, int Open, int Comparisons)
{
    public static Look Of(IReadOnlyList<ScenarioVerdicts> scenarios, IEnumerable<Comparison> variants)
    {
        var all = scenarios.SelectMany(scenario => scenario.All).Concat(variants).ToList();
        return new Look(scenarios, all.Count(comparison => comparison.IsOpen), all.Count);
    }
}
