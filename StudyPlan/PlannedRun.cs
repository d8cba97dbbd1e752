namespace StudyPlan;

/// <summary>One run of one cell, at its place in the study.</summary>
/// <param name="Block">From 1; each block holds every cell once.</param>
/// <param name="Order">From 1, through all blocks.</param>
/// <param name="Cell">What is run.</param>
internal readonly record struct PlannedRun(int Block, int Order, Cell Cell);
