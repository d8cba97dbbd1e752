using Graph.Analysis.Comparing;
using Graph.Analysis.Scenarios;

namespace Graph.Analysis.Variants;

/// <summary>Scenarios that differ in one dimension alone, compared inside the blocks that they share.</summary>
internal sealed record VariantStudy
{
    public required Dimension Dimension { get; init; }

    /// <summary>What the scenarios have in common; the dimension itself is left out.</summary>
    public required ScenarioKey Key { get; init; }

    /// <summary>What varies, in the order in which it is shown: haproxy, nginx.</summary>
    public required IReadOnlyList<string> Variants { get; init; }

    /// <summary>The one that the others are compared with.</summary>
    public required string Reference { get; init; }

    /// <summary>Each other variant at each number of processes, over all actions.</summary>
    public required IReadOnlyList<VariantAnswer> Primary { get; init; }

    public required IReadOnlyList<VariantAction> Actions { get; init; }

    /// <summary>Whether the scenario is part of one of the studies.</summary>
    public static bool Covers(IReadOnlyList<VariantStudy> studies, ScenarioKey scenario) => studies.Any(study =>
        study.Dimension.ValueOf(scenario.Conditions) is { } variant && study.Variants.Contains(variant)
        && study.Key == VariantGroup.Common(study.Dimension, scenario));
}

/// <summary>A variant with some number of processes, over all actions, against the reference with as many.</summary>
internal sealed record VariantAnswer(string Variant, int Procs, Comparison Comparison);

/// <summary>One action in all variants.</summary>
/// <param name="Action">What was asked for.</param>
/// <param name="Cells">By variant, then by processes.</param>
internal sealed record VariantAction(string Action, IReadOnlyList<VariantCell> Cells)
{
    public IReadOnlyList<int> Counts { get; } = [.. Cells.Select(cell => cell.Procs).Distinct().Order()];
}

/// <summary>What is compared with what.</summary>
internal sealed record VariantSubject(Dimension Dimension, ScenarioKey Key, string Reference);

/// <summary>A number of processes in one variant.</summary>
internal sealed record VariantCell(string Variant, CellSummary Summary)
{
    public int Procs => Summary.Cell.Procs;

    /// <summary>
    /// Within blocks, against the reference with as many processes; null for the reference, and where it has none.
    /// </summary>
    public Comparison? Against { get; init; }

    /// <summary>Null where nobody counted the workers' requests.</summary>
    public WorkerShares? Shares { get; init; }
}
