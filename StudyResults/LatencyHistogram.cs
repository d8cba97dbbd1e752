namespace StudyResults;

/// <summary>Placeholder until the client's part lands.</summary>
public sealed class LatencyHistogram;
