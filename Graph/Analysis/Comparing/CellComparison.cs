namespace Graph.Analysis.Comparing;

/// <summary>A cell against the same cell of another study.</summary>
internal sealed record CellComparison(string Action, Comparison Comparison);
