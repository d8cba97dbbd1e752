namespace StudyPlan;

/// <summary>What is compared: one action in one scenario on one number of server processes.</summary>
internal readonly record struct Cell(int Procs, string Action, Scenario Scenario);
