using Graph.Analysis.Comparing;
using Graph.Analysis.Scaling;

namespace Graph.Analysis;

/// <summary>What the study says of one action.</summary>
internal sealed record ActionVerdict
{
    public required string Action { get; init; }

    /// <summary>In rising order of processes.</summary>
    public required IReadOnlyList<CellSummary> Cells { get; init; }

    /// <summary>The fewest processes that were measured, usually 1: what the others are compared with.</summary>
    public CellSummary Reference => Cells[0];

    /// <summary>Each other cell against the reference, in the order of the cells.</summary>
    public required IReadOnlyList<Comparison> Comparisons { get; init; }

    /// <summary>Null where there are fewer than two process counts in common blocks.</summary>
    public ScalingFit? Scaling { get; init; }

    /// <summary>The comparison of a cell with the reference; null for the reference itself.</summary>
    public Comparison? Against(CellSummary cell) => Comparisons.FirstOrDefault(comparison => comparison.Procs == cell.Cell.Procs);
}
