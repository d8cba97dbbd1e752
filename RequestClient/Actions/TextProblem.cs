namespace RequestClient.Actions;

/// <summary>What is wrong with a line that a person wrote, and where: columns count from 1.</summary>
internal sealed record TextProblem(int Column, string Reason);
