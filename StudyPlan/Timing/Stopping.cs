using StudyPlan.Order;
using StudyResults;

namespace StudyPlan.Timing;

/// <summary>Whether a study that has made whole blocks goes on with another one.</summary>
internal static class Stopping
{
    public const string Decided = "decided";
    public const string Budget = "budget";
    public const string Runs = "runs";

    /// <summary>
    /// Whether to look at the answers now; at any other time nobody may, or equal cells would be told apart by chance.
    /// </summary>
    public static bool IsLookDue(StudyParameters parameters, int blocks) =>
        parameters.Budget > TimeSpan.Zero && blocks >= parameters.Runs && Looks.IsAt(blocks);

    /// <summary>Why to stop; null to go on.</summary>
    /// <param name="parameters">The least number of blocks and the budget.</param>
    /// <param name="blocks">Blocks made.</param>
    /// <param name="used">Time measured for them.</param>
    /// <param name="open">Comparisons that are open, when a look was due.</param>
    public static string? FindReason(StudyParameters parameters, int blocks, TimeSpan used, int? open)
    {
        if (blocks < parameters.Runs) return null;
        if (parameters.Budget == TimeSpan.Zero) return Runs;
        if (open == 0) return Decided;
        return used + (used / blocks) > parameters.Budget ? Budget : null;
    }
}
