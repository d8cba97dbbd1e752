namespace Graph.Analysis.Selecting;

/// <summary>A run of every cell, close together in time.</summary>
/// <param name="Study">The study, told apart from other inputs' studies of the same name.</param>
/// <param name="Number">From 1.</param>
/// <param name="Unit">
/// What was drawn independently: the same for all blocks that were made on one start of the servers. Unique over all inputs.
/// </param>
internal sealed record Block(string Study, int Number, int Unit);
