namespace StudyPlan;

/// <summary>What is compared: one action in one scenario on one number of server processes, reached in one way.</summary>
internal readonly record struct Cell(string WayIn, int Procs, string Action, Scenario Scenario);
