namespace StudyResults;

/// <summary>Samples that a histogram does not tell apart: all between the two bounds, both included.</summary>
public readonly record struct LatencyBucket(long LowestNanoseconds, long HighestNanoseconds, long Count)
{
    public double MiddleNanoseconds => (LowestNanoseconds + HighestNanoseconds) / 2.0;
}
