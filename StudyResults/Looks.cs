namespace StudyResults;

/// <summary>
/// When a study may look at its answers and stop early: after 5, 8, 12, 16, 20 and 25 blocks, and then after every fifth. Each
/// look costs a share of the error that the study promises, so nobody may look at any other time and decide to stop: the plan
/// looks by this rule, and the analysis pays by it.
/// </summary>
public static class Looks
{
    private static readonly int[] First = [5, 8, 12, 16, 20];

    private const int Step = 5;

    /// <summary>Whether a study may stop after so many blocks because all is decided.</summary>
    public static bool IsAt(int blocks) => First.Contains(blocks) || (blocks > First[^1] && blocks % Step == 0);

    /// <summary>The looks up to a number of blocks, in their order.</summary>
    public static IEnumerable<int> UpTo(int blocks) => Enumerable.Range(1, Math.Max(0, blocks)).Where(IsAt);
}
